/** Several nodes on this machine: nats-server, a writer and one that waits to replace it, gateways. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NatsServer } from '@sluice/log-jetstream/testing';
import { NodeProcess, type NodeUrls } from './node-process.js';

export interface ClusterOptions {
  readonly gateways: number;
  /** Flags for every node. */
  readonly flags: readonly string[];
  /** Flags for the writers. */
  readonly writerFlags: readonly string[];
}

export class Cluster {
  private readonly gateways = new Map<number, NodeProcess>();
  private writers: NodeProcess[] = [];
  private started = 0;

  private constructor(
    private readonly folder: string,
    private readonly nats: NatsServer,
    private readonly options: ClusterOptions,
  ) {}

  /** Resolves when all serve, but for the second writer, which waits. @throws Error also if the signal comes. */
  static async start(options: ClusterOptions, signal: AbortSignal): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-cluster-'));
    // Ctrl-C is for the cluster, which ends what it has started in its own order.
    const nats = await NatsServer.start({ folder: join(folder, 'nats'), detached: true });
    const cluster = new Cluster(folder, nats, options);
    try {
      const gateways = Array.from({ length: options.gateways }, (_, index) => index);
      await Promise.all([
        cluster.addWriter().serving,
        ...gateways.map((index) => cluster.startGateway(index)),
      ]);
      cluster.addWriter();
      signal.throwIfAborted();
    } catch (error) {
      await cluster.end();
      throw error;
    }
    return cluster;
  }

  /** How many gateways it has when all are there. */
  get size(): number {
    return this.options.gateways;
  }

  get natsUrl(): string {
    return this.nats.url;
  }

  /** Those that serve. */
  get serving(): readonly NodeUrls[] {
    return Array.from(this.gateways.values(), ({ urls }) => urls).filter(
      (urls) => urls !== undefined,
    );
  }

  /** Where the writer is; it may have ended. @throws Error if none has served. */
  get writer(): NodeUrls {
    const urls = this.writers[0]?.urls;
    if (urls === undefined) throw new Error('no writer serves');
    return urls;
  }

  /** Ends a gateway without warning. */
  async killGateway(index: number): Promise<void> {
    const gateway = this.gateways.get(index);
    this.gateways.delete(index);
    await gateway?.end('SIGKILL');
  }

  /** Resolves when it serves. */
  async startGateway(index: number): Promise<void> {
    const gateway = this.node(`gateway ${String(index + 1)}`, ['--role', 'gateway']);
    this.gateways.set(index, gateway);
    await gateway.serving;
  }

  /** Ends nats-server and starts it again. */
  async restartNats(): Promise<void> {
    await this.nats.halt();
    await this.nats.resume();
  }

  /** Ends the writer without warning; resolves when the one that waited serves. Another one waits then. */
  async failOver(): Promise<void> {
    const old = this.writers.shift();
    await old?.end('SIGKILL');
    await this.writers[0]?.serving;
    this.addWriter();
  }

  /** What the nodes that run have complained of. */
  get complaints(): string {
    return [...this.writers, ...this.gateways.values()]
      .filter(({ complaints }) => complaints !== '')
      .map(({ name, complaints }) => `${name}: ${complaints}`)
      .join('\n');
  }

  /** Ends everything, and removes what it has stored. */
  async end(): Promise<void> {
    await Promise.all([...this.gateways.values()].map((node) => node.end('SIGTERM')));
    await Promise.all(this.writers.map((node) => node.end('SIGTERM')));
    await this.nats.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private addWriter(): NodeProcess {
    const data = join(this.folder, 'chain');
    const writer = this.node(`writer ${String(++this.started)}`, [
      '--role',
      'writer',
      '--data',
      data,
      ...this.options.writerFlags,
    ]);
    this.writers.push(writer);
    return writer;
  }

  private node(name: string, args: readonly string[]): NodeProcess {
    const log = ['--log', 'jetstream', '--nats', this.nats.url];
    return new NodeProcess(name, [...log, ...this.options.flags, ...args]);
  }
}
