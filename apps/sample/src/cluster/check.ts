/** The whole-system check: many events, many clients, everything is killed once, and every client has the same sequence. */
import type { Cluster } from './cluster.js';
import { HoppingClient } from './hopping-client.js';
import { publishUpTo } from './publisher.js';

export interface CheckOptions {
  readonly events: number;
  readonly clients: number;
  /** Number from 0 to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface CheckReport {
  readonly events: number;
  readonly clients: number;
  readonly deliveries: number;
  readonly connections: number;
  readonly gatewaysKilled: number;
  readonly natsRestarts: number;
  readonly writerFailOvers: number;
  readonly seconds: number;
}

/** Every so many events all clients' texts are compared. */
const COMPARED = 101;

/** @throws Error as soon as a client misses an event, gets one twice, or another one than the others. */
export async function check(cluster: Cluster, options: CheckOptions): Promise<CheckReport> {
  const { events, random, say } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const begin = performance.now();
  const seen = new Map<number, string>();
  const clients = Array.from(
    { length: options.clients },
    () => new HoppingClient({ pick: () => pick(cluster, random), onEvent: compareWith(seen) }),
  );
  const chaos = new Chaos(cluster, { ...options, signal }, () =>
    Math.min(...clients.map(({ last }) => last ?? -1)),
  );
  try {
    const done = Promise.all(clients.map((client) => client.reached(events - 1)));
    done.catch(() => undefined);
    // Events are published while each thing happens; the last ones when all has happened.
    await Promise.race([done, chaos.run((part) => publishUpTo(part * events, cluster, signal))]);
    signal.throwIfAborted();
    say('everything is published; the clients catch up');
    await done;
  } finally {
    ending.abort();
    for (const client of clients) client.stop();
  }
  return {
    events,
    clients: clients.length,
    deliveries: events * clients.length,
    connections: clients.reduce((sum, { connections }) => sum + connections, 0),
    ...chaos.counts,
    seconds: Math.round((performance.now() - begin) / 100) / 10,
  };
}

function pick({ serving }: Cluster, random: () => number): string | undefined {
  return serving[Math.floor(random() * serving.length)]?.hathor.event_ws;
}

/** The latest id moves on between two deliveries; the event itself may not change. */
function compareWith(seen: Map<number, string>) {
  return (id: number, text: string): void => {
    if (id % COMPARED !== 0) return;
    const event = text.replace(/"latest_event_id":\d+/, '');
    const known = seen.get(id);
    if (known === undefined) seen.set(id, event);
    else if (known !== event) throw new Error(`event ${String(id)} is ${event} and ${known}`);
  };
}

/** What happens to the cluster, by how far the slowest client is. */
class Chaos {
  readonly counts = { gatewaysKilled: 0, natsRestarts: 0, writerFailOvers: 0 };

  constructor(
    private readonly cluster: Cluster,
    private readonly options: CheckOptions,
    private readonly slowest: () => number,
  ) {}

  /** @param publish publishes until so much of all events is stored, 0 to 1. */
  async run(publish: (part: number) => Promise<void>): Promise<void> {
    const steps = [
      () => this.kill(),
      () => this.kill(),
      () => this.restartNats(),
      () => this.kill(),
      () => this.failOver(),
      () => this.kill(),
    ];
    for (const [index, step] of steps.entries()) {
      const part = (index + 1) / (steps.length + 2);
      await publish(part);
      if (this.options.signal.aborted) return;
      await Promise.all([step(), publish(part + 1 / (steps.length + 2))]);
    }
    await publish(1);
  }

  private async kill(): Promise<void> {
    const index = Math.floor(this.options.random() * this.cluster.size);
    this.options.say(`gateway ${String(index + 1)} is killed (slowest client: ${this.place})`);
    await this.cluster.killGateway(index);
    this.counts.gatewaysKilled++;
    await this.cluster.startGateway(index);
  }

  private async restartNats(): Promise<void> {
    this.options.say(`nats-server is restarted (slowest client: ${this.place})`);
    await this.cluster.restartNats();
    this.counts.natsRestarts++;
  }

  private async failOver(): Promise<void> {
    this.options.say(`the writer is killed (slowest client: ${this.place})`);
    await this.cluster.failOver();
    this.counts.writerFailOvers++;
    this.options.say('the other writer has taken over');
  }

  private get place(): string {
    return `${String(this.slowest() + 1)} of ${String(this.options.events)}`;
  }
}
