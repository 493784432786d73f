const MOST_LINES = 12;
const MOST_CHARACTERS = 600;

/** The last messages of a check's connections, as its report shows them. */
export class WireRecord {
  private readonly kept: string[] = [];
  private connections = 0;

  /** The lines, oldest first. */
  get lines(): readonly string[] {
    return [...this.kept];
  }

  /** A new connection. @returns the number under which its messages are noted. */
  open(): number {
    return ++this.connections;
  }

  /** Notes a message. @param message text, or a name for what is none. */
  note(connection: number, direction: 'in' | 'out', message: string): void {
    const arrow = direction === 'in' ? '<' : '>';
    const text =
      message.length > MOST_CHARACTERS ? `${message.slice(0, MOST_CHARACTERS)}…` : message;
    this.kept.push(`${connection} ${arrow} ${text}`);
    if (this.kept.length > MOST_LINES) this.kept.shift();
  }
}
