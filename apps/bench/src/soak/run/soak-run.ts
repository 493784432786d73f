/** A whole soak: two servers, a driver of their chains, clients of one of them, and what is seen meanwhile. */
import { setMaxListeners } from 'node:events';
import { LoadClient } from '../../load/load-client.js';
import { monotonicMicros } from '../../processes/monotonic.js';
import { machineFacts } from '../../report/machine.js';
import { pause } from '../clients/pause.js';
import type { SoakClient, SoakContext } from '../clients/soak-client.js';
import { watchTemplates } from '../clients/template-witness.js';
import { basalt, bigchaindb, lighthouse } from '../endpoints/broadcast.endpoints.js';
import { hathorEvents } from '../endpoints/hathor-events.endpoint.js';
import { hathorMining } from '../endpoints/hathor-mining.endpoint.js';
import { hathorWalletEndpoint, walletAddresses } from '../endpoints/hathor-wallet.endpoint.js';
import { nanoEndpoint } from '../endpoints/nano.endpoint.js';
import { StoredEvents } from '../ledger/stored-events.js';
import { Tapes } from '../ledger/tapes.js';
import { accusationLine } from '../report/soak-tables.js';
import { Latencies } from '../report/latencies.js';
import { ChainDriver } from '../server/chain-driver.js';
import { openSessions, sum } from '../server/open-sessions.js';
import { SoakServer, type SoakUrls } from '../server/soak-server.js';
import { Accusations } from './accusations.js';
import { makeClients } from './make-clients.js';
import { Observer } from './observer.js';
import { endpointFigures } from './endpoint-figures.js';
import { repeat } from './repeat.js';
import { seededRandom } from './seeded-random.js';
import type { SoakOptions } from './soak-options.js';
import type { Accusation, SoakResult, SoakSample, Verdict } from './soak-result.js';
import {
  complaintVerdict,
  deliveryVerdict,
  growthVerdicts,
  restVerdicts,
} from './soak-verdicts.js';

const SECOND = 1000;
const MOST_SAMPLES = 60;
const LEAST_BETWEEN_SAMPLES_MS = 2000;
/** Time for what is on its way when nothing is published any more; a log and slow readers need some. */
const CALM_MS = 30 * SECOND;
const ADDRESSES = 40;
/** Actions before clients come: the chains' first blocks, and whatever is made once. */
const FIRST_ACTIONS = 60;

export interface SoakHooks {
  /** Ends the soak early; it is judged all the same. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** @throws Error if a server cannot be started or does not answer. */
export async function runSoak(options: SoakOptions, hooks: SoakHooks): Promise<SoakResult> {
  const [server, twin] = await startBoth(options.seed);
  try {
    return await new SoakRun(options, hooks, server, twin).run();
  } finally {
    await Promise.all([server.server.stop(), twin.server.stop()]);
  }
}

interface Started {
  readonly server: SoakServer;
  readonly urls: SoakUrls;
}

async function startBoth(seed: number): Promise<readonly [Started, Started]> {
  const server = await SoakServer.start(seed);
  try {
    return [server, await SoakServer.start(seed)];
  } catch (error) {
    await server.server.stop();
    throw error;
  }
}

class SoakRun {
  private readonly tapes = new Tapes();
  private readonly latencies = new Latencies();
  private readonly accusations: Accusations;
  private readonly addresses: readonly string[];
  private readonly driver: ChainDriver;
  private observer: Observer;
  private head = -1;
  private readonly calm = new AbortController();
  private readonly over = new AbortController();

  constructor(
    private readonly options: SoakOptions,
    private readonly hooks: SoakHooks,
    private readonly subject: Started,
    private readonly twin: Started,
  ) {
    const { seed } = options;
    this.addresses = walletAddresses(seededRandom(seed, 'addresses'), ADDRESSES);
    this.driver = new ChainDriver({
      servers: [subject.urls, twin.urls],
      random: seededRandom(seed, 'chains'),
      addresses: this.addresses,
    });
    this.accusations = new Accusations((accusation) => {
      hooks.say(accusationLine(accusation));
    });
    this.observer = this.newObserver();
    // Every client listens to both.
    setMaxListeners(0, this.calm.signal, this.over.signal);
  }

  async run(): Promise<SoakResult> {
    await this.rehearse();
    const before = await this.observer.look(false);
    this.observer = this.newObserver();
    const endWitness = await watchTemplates(this.subject.urls, this.tapes);
    const clients = await this.makeClients();
    const phases = { calm: this.calm.signal, over: this.over.signal };
    const runs = clients.map(async (client, index) => {
      await pause((index / clients.length) * this.rampMs, phases.calm);
      await client.run(phases);
    });
    let minute: number;
    try {
      minute = await this.work(clients);
      this.calm.abort();
      await this.settleAll(clients);
    } finally {
      // Also if a server is gone: nobody is to wait for it.
      this.calm.abort();
      this.over.abort();
      endWitness();
    }
    await Promise.all(runs);
    const after = await this.rest();
    return this.result(clients, minute, before, after);
  }

  /** Everything that is made for the first connection, request or block is made, and counts for the start. */
  private async rehearse(): Promise<void> {
    for (let action = 0; action < FIRST_ACTIONS; action++) await this.driver.act();
    const { urls } = this.subject;
    const endpoints = [hathorEvents, ...(await this.liveEndpoints())];
    for (const endpoint of endpoints) (await LoadClient.open(endpoint.url(urls))).end();
    while (sum(await openSessions(urls)) > 0) await pause(50);
    await this.subject.server.call('published', undefined);
    await this.twin.server.call('published', undefined);
    await this.observer.look(false);
  }

  /** Chains, books and looks, until the time is over. @returns minutes. */
  private async work(clients: readonly SoakClient[]): Promise<number> {
    const { ms, rate } = this.options;
    const ending = new AbortController();
    const time = ending.signal;
    const betweenSamples = Math.max(ms / MOST_SAMPLES, LEAST_BETWEEN_SAMPLES_MS);
    const work = Promise.all([
      repeat(SECOND / rate, time, () => this.driver.act()),
      repeat(SECOND, time, () => this.settle(clients)),
      repeat(betweenSamples, time, async () => {
        this.tell(await this.observer.look());
      }),
    ]);
    await Promise.race([work, pause(ms, this.hooks.signal)]);
    ending.abort();
    await work;
    return this.observer.minute;
  }

  /** When nothing is published any more, everybody has to come to the same end. */
  private async settleAll(clients: readonly SoakClient[]): Promise<void> {
    const answer = await fetch(this.subject.urls.hathor.control ?? '');
    this.head = ((await answer.json()) as { latest_event_id: number }).latest_event_id;
    const until = performance.now() + CALM_MS;
    let lagging: readonly SoakClient[];
    do {
      await pause(SECOND / 4);
      await this.settle(clients);
      lagging = clients.filter((client) => client.missing() !== undefined);
    } while (lagging.length > 0 && performance.now() < until);
    for (const client of lagging) {
      const fault = client.missing();
      if (fault !== undefined) this.accuse(client.name, fault);
    }
  }

  private async settle(clients: readonly SoakClient[]): Promise<void> {
    const knownTo = monotonicMicros();
    const [published] = await Promise.all([
      this.subject.server.call('published', undefined),
      // Nobody reads the twin's, and they must not pile up there.
      this.twin.server.call('published', undefined),
    ]);
    this.tapes.add(published);
    for (const client of clients) client.settle(knownTo);
  }

  /** When all have gone. */
  private async rest(): Promise<SoakSample> {
    const until = performance.now() + CALM_MS;
    while (sum(await openSessions(this.subject.urls)) > 0 && performance.now() < until) {
      await pause(SECOND / 4);
    }
    return this.observer.look(false);
  }

  private async liveEndpoints() {
    const answer = await fetch(this.subject.urls.nano.control ?? '');
    const { wallet } = (await answer.json()) as { wallet: { accounts: readonly string[] } };
    return [
      hathorWalletEndpoint(this.addresses),
      hathorMining,
      nanoEndpoint(wallet.accounts),
      lighthouse,
      bigchaindb,
      basalt,
    ];
  }

  private async makeClients(): Promise<readonly SoakClient[]> {
    const { seed, clients } = this.options;
    const context: SoakContext = {
      urls: this.subject.urls,
      tapes: this.tapes.byStream,
      accuse: (name, fault) => {
        this.accuse(name, fault);
      },
      delivered: ({ endpoint }, { at, stream }, receivedAt) => {
        if (stream !== 'templates') this.latencies.add(endpoint, at, receivedAt);
      },
    };
    const events = {
      stored: new StoredEvents(),
      head: () => this.head,
      publicationOf: (hash: string) => this.tapes.vertex(hash),
    };
    return makeClients({ seed, clients, live: await this.liveEndpoints(), context, events });
  }

  private accuse(client: Accusation['client'], fault: Accusation['fault']): void {
    this.accusations.add({ client, fault, minute: this.observer.minute });
  }

  private newObserver(): Observer {
    const { server, urls } = this.subject;
    return new Observer({ server, urls, twin: this.twin.server, latencies: this.latencies });
  }

  /** Clients come one after the other, for a tenth of the time. */
  private get rampMs(): number {
    return Math.min(this.options.ms / 10, 30 * SECOND);
  }

  private tell({ minute, sessions, server, latency }: SoakSample): void {
    this.hooks.say(
      `${minute.toFixed(1)} min: ${String(sessions)} sessions, ${String(this.tapes.published)} published, ` +
        `heap ${(server.heapUsed / 2 ** 20).toFixed(1)} MiB, p99 ${latency.p99.toFixed(1)} ms, ${String(this.accusations.count)} faults`,
    );
  }

  private result(
    clients: readonly SoakClient[],
    minutes: number,
    before: SoakSample,
    after: SoakSample,
  ): SoakResult {
    const { seed, rate, ms } = this.options;
    const { samples } = this.observer;
    const verdicts: readonly Verdict[] = [
      deliveryVerdict(this.accusations.count),
      ...growthVerdicts(samples),
      ...restVerdicts(before, after),
      complaintVerdict(this.subject.server.complaints),
    ];
    return {
      settings: {
        seed,
        rate,
        clients: clients.length,
        minutes,
        interrupted: minutes * 60_000 < ms - SECOND,
      },
      machine: machineFacts(),
      chains: {
        published: this.tapes.published,
        leftOut: this.latencies.leftOut,
        ...this.driver.counts,
      },
      endpoints: endpointFigures(clients, this.latencies),
      samples,
      accusations: this.accusations.first,
      verdicts,
    };
  }
}
