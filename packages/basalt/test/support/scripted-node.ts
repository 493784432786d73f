import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { blockDocument, blockMessage, type BasaltBlock } from '../../src/index.js';
import type { ToyChain } from './toy-blocks.js';

/** What a scripted node does. */
export interface Script {
  /** Answers over HTTP: the body, a status without one, `hang`, or whatever it does itself; undefined is 404. */
  answer?: (path: string) => string | number | ((response: ServerResponse) => void) | undefined;
  /** What a new client of the stream is told. */
  greeting?: () => string | undefined;
}

/** Answers of a node that has a chain. */
export function answersOf(chain: ToyChain): NonNullable<Script['answer']> {
  return (path) => {
    const { tip } = chain;
    if (path === '/v1/sync/status') {
      return `{"latestBlock":${String(tip.number)},"latestHash":"${tip.hash}","chainId":31337}`;
    }
    const block = chain.find(path.replace('/v1/blocks/', ''));
    return block && blockDocument(block);
  };
}

/** A node that says what the test wants, on one port from start to start. */
export class ScriptedNode {
  /** Requests over HTTP, in order. */
  readonly requests: string[] = [];
  private readonly hanging = new Set<ServerResponse>();
  private server: Server | undefined;
  private sockets = new Set<WebSocket>();
  private port = 0;
  /** Connections to the stream, also those that are gone. */
  connects = 0;

  constructor(readonly script: Script = {}) {}

  static async start(script: Script = {}): Promise<ScriptedNode> {
    const node = new ScriptedNode(script);
    await node.start();
    return node;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Clients of the stream. */
  get clients(): number {
    return this.sockets.size;
  }

  async start(): Promise<void> {
    const server = createServer(({ url = '' }, response) => {
      this.requests.push(url);
      const answer = this.script.answer?.(url);
      if (answer === 'hang') this.hanging.add(response);
      else if (typeof answer === 'function') answer(response);
      else if (typeof answer === 'string') response.end(answer);
      else response.writeHead(answer ?? 404).end();
    });
    const streams = new WebSocketServer({ server, path: '/ws/blocks' });
    streams.on('connection', (socket) => {
      this.connects++;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
      const greeting = this.script.greeting?.();
      if (greeting !== undefined) socket.send(greeting);
    });
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Sends a message to every client of the stream. */
  send(text: string): void {
    for (const socket of this.sockets) socket.send(text);
  }

  announce(...blocks: readonly BasaltBlock[]): void {
    for (const block of blocks) this.send(blockMessage('new_block', block));
  }

  /** Takes nothing from its clients any more, as after a cable was pulled. */
  deaf(): void {
    for (const socket of this.sockets) socket.pause();
  }

  /** Ends the connections of the stream without a Close frame. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  /** Is gone, as after `kill -9`. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    for (const response of this.hanging) response.destroy();
    this.cut();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

/** The scripted nodes of a test, ended together. */
export class ScriptedNodes {
  private nodes: ScriptedNode[] = [];

  async start(script?: Script): Promise<ScriptedNode> {
    const node = await ScriptedNode.start(script);
    this.nodes.push(node);
    return node;
  }

  async stopAll(): Promise<void> {
    const nodes = this.nodes;
    this.nodes = [];
    await Promise.all(nodes.map((node) => node.stop()));
  }
}
