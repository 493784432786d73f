import type { ClientDialect, Message } from '../dialects/client-dialect.js';

/** Texts that are remembered at most. */
const REMEMBERED = 256;

/** Reads messages; one that many clients get at the same time is read once. */
export class RecentReader {
  private readonly messages = new Map<string, Message>();

  constructor(private readonly dialect: ClientDialect) {}

  read(text: string): Message {
    const known = this.messages.get(text);
    if (known !== undefined) return known;
    const message = this.dialect.read(text);
    this.messages.set(text, message);
    const [oldest] = this.messages.keys();
    if (this.messages.size > REMEMBERED && oldest !== undefined) this.messages.delete(oldest);
    return message;
  }
}
