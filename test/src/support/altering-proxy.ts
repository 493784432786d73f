import { frame } from '@sluice/testing';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A frame of the server that stands behind the proxy. */
export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** The payload as text. */
  readonly text: string;
}

/** What goes to the client instead of a frame: bytes, several or none. */
export type Alteration = (frame: ServerFrame) => readonly Uint8Array[];

const CLOSE = 8;
const HEAD_END = '\r\n\r\n';

/** A text frame of a server. */
export const textFrame = (text: string): Buffer => frame({ payload: text, masked: false });

/** Alters the text messages of a server. @param alter returns nothing to keep a message back. */
export function alterTexts(alter: (text: string) => string | undefined): Alteration {
  return (given) => {
    if (given.opcode !== 1) return [passed(given)];
    const text = alter(given.text);
    return text === undefined ? [] : [textFrame(text)];
  };
}

/** Gives Close frames another code. */
export function alterCloses(code: (given: number | undefined) => number): Alteration {
  return (given) => {
    if (given.opcode !== CLOSE) return [passed(given)];
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(
      code(given.payload.length < 2 ? undefined : given.payload.readUInt16BE(0)),
    );
    return [frame({ opcode: CLOSE, payload, masked: false })];
  };
}

/** A frame as it came. */
export function passed({ opcode, payload }: ServerFrame): Buffer {
  return frame({ opcode, payload, masked: false });
}

/**
 * Stands before a WebSocket server and alters the frames that it sends; HTTP and what clients send pass as they are.
 * So it is a server that breaks one rule and keeps all others.
 */
export class AlteringProxy {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
    private readonly alteration: () => Alteration,
  ) {
    server.on('connection', (client) => {
      this.serve(client);
    });
  }

  /** @param alteration makes what one connection's frames go through. */
  static async start(target: string, alteration: () => Alteration): Promise<AlteringProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const proxy = new AlteringProxy(server, new URL(target), alteration);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The target's URL, with the proxy's host and port. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return url.href;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(client: Socket): void {
    const upstream = connect({
      host: this.target.hostname,
      port: Number(this.target.port),
      allowHalfOpen: true,
      noDelay: true,
    });
    const alteration = this.alteration();
    const reader = new ServerReader((bytes) => client.write(bytes), alteration);
    for (const socket of [client, upstream]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      reader.read(chunk);
    });
    upstream.on('end', () => client.end());
    upstream.on('close', () => client.destroySoon());
    client.on('close', () => upstream.destroy());
  }
}

/** Reads what a server sends: the answer to the handshake as it is, then frames. */
class ServerReader {
  private buffer = Buffer.alloc(0);
  private state: 'head' | 'frames' | 'http' = 'head';

  constructor(
    private readonly write: (bytes: Uint8Array) => void,
    private readonly alter: Alteration,
  ) {}

  read(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    if (this.state === 'head') this.readHead();
    if (this.state === 'frames') this.readFrames();
    if (this.state === 'http') this.pass(this.buffer.length);
  }

  private readHead(): void {
    const end = this.buffer.indexOf(HEAD_END);
    const isUpgrade = this.buffer.toString('latin1', 0, 12) === 'HTTP/1.1 101';
    if (end === -1 && isUpgrade) return;
    this.state = isUpgrade ? 'frames' : 'http';
    if (isUpgrade) this.pass(end + HEAD_END.length);
  }

  private readFrames(): void {
    for (;;) {
      const short = (this.buffer[1] ?? 0) & 0x7f;
      const start = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (this.buffer.length < start) return;
      const length =
        short === 127
          ? Number(this.buffer.readBigUInt64BE(2))
          : short === 126
            ? this.buffer.readUInt16BE(2)
            : short;
      if (this.buffer.length < start + length) return;
      const payload = this.buffer.subarray(start, start + length);
      const opcode = (this.buffer[0] ?? 0) & 0x0f;
      for (const bytes of this.alter({ opcode, payload, text: payload.toString() }))
        this.write(bytes);
      this.buffer = this.buffer.subarray(start + length);
    }
  }

  private pass(length: number): void {
    this.write(this.buffer.subarray(0, length));
    this.buffer = this.buffer.subarray(length);
  }
}
