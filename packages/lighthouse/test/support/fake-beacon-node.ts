import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer: its body with status 200, or both. */
export type FakeAnswer = object | { readonly status: number; readonly body?: object };

/** A beacon node's HTTP API that answers and announces what a test says. */
export class FakeBeaconNode {
  /** Answers by request line; of a list each is given once, the last one for ever. */
  readonly answers = new Map<string, FakeAnswer[]>();
  /** Topics it does not know. */
  readonly unknownTopics = new Set<string>();
  /** Topics of every stream that was opened. */
  readonly opened: string[] = [];
  /** Messages that every stream begins with. */
  readonly greeting: (readonly [event: string, data: object])[] = [];
  /** Request lines, in order. */
  readonly requests: string[] = [];
  private readonly streams = new Set<ServerResponse>();

  private constructor(private readonly server: Server) {
    server.on('request', ({ method = '', url = '' }, response) => {
      const line = `${method} ${url}`;
      this.requests.push(line);
      if (url.startsWith('/eth/v1/events')) this.open(url, response);
      else this.answer(line, response);
    });
  }

  static async start(port = 0): Promise<FakeBeaconNode> {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new FakeBeaconNode(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Streams that are open. */
  get listeners(): number {
    return this.streams.size;
  }

  /** Sets the head and the headers that can be asked for. */
  head(root: string, slot: number, parent = `0x${'00'.repeat(32)}`): void {
    this.header('head', root, slot, parent);
    this.header(root, root, slot, parent);
  }

  header(id: string, root: string, slot: number, parent: string): void {
    const message = { slot: String(slot), parent_root: parent };
    const answer = { data: { root, header: { message } } };
    this.answers.set(`GET /eth/v1/beacon/headers/${id}`, [answer]);
  }

  block(root: string, block: object): void {
    this.answers.set(`GET /eth/v2/beacon/blocks/${root}`, [{ data: block }]);
  }

  send(event: string, data: object): void {
    this.write(textOf(event, data));
  }

  comment(text: string): void {
    this.write(`:${text}\n\n`);
  }

  /** Cuts the streams. */
  cut(): void {
    for (const stream of this.streams) stream.destroy();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    if (this.server.listening) await once(this.server, 'close');
  }

  private write(text: string): void {
    for (const stream of this.streams) stream.write(text);
  }

  private open(url: string, response: ServerResponse): void {
    const topics = url.split('topics=')[1] ?? '';
    if (topics.split(',').some((topic) => this.unknownTopics.has(topic))) {
      response.writeHead(400).end();
      return;
    }
    this.opened.push(topics);
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    for (const [event, data] of this.greeting) response.write(textOf(event, data));
  }

  private answer(line: string, response: ServerResponse): void {
    const answers = this.answers.get(line) ?? [{ status: 404 }];
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 404 };
    const { status, body } =
      'status' in answer
        ? (answer as { status: number; body?: object })
        : { status: 200, body: answer };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  }
}

function textOf(event: string, data: object): string {
  return `event:${event}\ndata:${JSON.stringify(data)}\n\n`;
}
