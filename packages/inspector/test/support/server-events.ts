/** Reads an answer of server-sent events, message by message. */
export class ServerEvents {
  private readonly messages: { readonly name: string; readonly value: unknown }[] = [];
  private text = '';

  private constructor(private readonly reader: ReadableStreamDefaultReader<Uint8Array>) {}

  static async open(url: string): Promise<ServerEvents> {
    const { body, status } = await fetch(url);
    if (body === null || status !== 200) throw new Error(`${url} answers ${status}`);
    return new ServerEvents(body.getReader());
  }

  /** The next message of that name; others are passed over. */
  async next(name: string): Promise<unknown> {
    for (;;) {
      const message = this.messages.shift();
      if (message?.name === name) return message.value;
      if (message === undefined && !(await this.read())) throw new Error('The answer has ended');
    }
  }

  /** Resolves when the server has ended the answer. */
  async ended(): Promise<void> {
    while (await this.read());
  }

  close(): Promise<void> {
    return this.reader.cancel();
  }

  private async read(): Promise<boolean> {
    const { value, done } = await this.reader.read();
    if (done) return false;
    this.text += Buffer.from(value).toString();
    const parts = this.text.split('\n\n');
    this.text = parts.pop() ?? '';
    for (const part of parts) {
      const [, name = '', data = 'null'] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
      this.messages.push({ name, value: JSON.parse(data) as unknown });
    }
    return true;
  }
}
