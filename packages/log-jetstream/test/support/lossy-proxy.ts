import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** How a message with headers begins: an attempt to store something. */
const WITH_HEADERS = 'HPUB ';

/** A way to a server that can lose what the server answers, and the connection with it, and hears what it is sent. */
export class LossyProxy {
  private readonly sockets = new Set<Socket>();
  private losing: (() => boolean) | undefined;
  private silent = false;
  private suspended = false;
  /** Told of what clients send; what it returns is waited for before that goes on. */
  private heard: ((chunk: Buffer) => Promise<void> | undefined) | undefined;
  private held: (() => void)[] | undefined;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (client) => this.serve(client));
  }

  /** @param target Port of the server on loopback. */
  static async start(target: number): Promise<LossyProxy> {
    const server = createServer();
    const proxy = new LossyProxy(server, target);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get url(): string {
    return `nats://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next thing the server says is lost and the connection ends; later connections are fine. */
  loseNextAnswer(): Promise<void> {
    return new Promise((resolve) => {
      this.losing = () => {
        this.losing = undefined;
        resolve();
        return true;
      };
    });
  }

  /** Resolves when clients have sent `count` more messages with headers: attempts to store something. */
  attempts(count: number): Promise<void> {
    let left = count;
    return new Promise((resolve) => {
      this.heard = (chunk) => {
        if (chunk.includes(WITH_HEADERS)) left -= 1;
        if (left === 0) resolve();
        return undefined;
      };
    });
  }

  /**
   * As {@link attempts}, and the last one does not arrive.
   *
   * @param text what is in the messages that count.
   * @returns what lets it go on.
   */
  holdAttempt(count: number, text = WITH_HEADERS): Promise<() => void> {
    let left = count;
    return new Promise((resolve) => {
      this.heard = (chunk) => {
        if (!chunk.includes(text)) return undefined;
        left -= 1;
        return left === 0 ? new Promise<void>(resolve) : undefined;
      };
    });
  }

  /** From now on nothing comes through, in either direction, and nobody is told. */
  fallSilent(): void {
    this.silent = true;
  }

  /** From now on the server hears nothing. @returns what lets it hear all of it, and what comes later. */
  hold(): () => void {
    const held: (() => void)[] = [];
    this.held = held;
    return () => {
      this.held = undefined;
      for (const pass of held) pass();
    };
  }

  /** Ends all connections; later ones are fine. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Ends all connections, and refuses others. @returns what lets them in again. */
  suspend(): () => void {
    this.suspended = true;
    this.cut();
    return () => (this.suspended = false);
  }

  async end(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(client: Socket): void {
    if (this.suspended) {
      client.destroy();
      return;
    }
    const upstream = connect(this.target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk: Buffer) => {
      const held = this.heard?.(chunk);
      if (held === undefined) {
        if (this.held !== undefined) this.held.push(() => upstream.write(chunk));
        else if (!this.silent) upstream.write(chunk);
        return;
      }
      client.pause();
      void held.then(() => {
        upstream.write(chunk);
        client.resume();
      });
    });
    upstream.on('data', (chunk) => {
      if (this.losing?.() === true) client.destroy();
      else if (!this.silent) client.write(chunk);
    });
  }
}
