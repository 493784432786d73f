import { decodeVertex, encodeVertex } from '@sluice/hathor/codec';
import type { Clock } from '@sluice/engine';
import { systemClock } from '@sluice/engine';
import type { MockChainEvent, NetworkName } from '@sluice/mock-chain';
import { HathorMockChain, HathorTraffic } from '@sluice/mock-chain';
import type { ChainAction } from './chain-action.js';
import { performAction } from './chain-action.js';
import type { JournalEntry, JournalHeader } from './vertex-journal.js';
import { VertexJournal } from './vertex-journal.js';

/** What an action brought. */
export interface ActionOutcome {
  /** What happened, in order, to be published at once. */
  readonly events: readonly MockChainEvent[];
  /** Why the action could not be done, or not be finished. */
  readonly failure?: Error;
}

/** A vertex of an earlier run. */
export interface RestoredVertex {
  readonly hash: string;
  /** Its events have this id or a later one, if they were stored. */
  readonly eventId: number;
  readonly events: readonly MockChainEvent[];
}

/** Options of {@link RunningChain}. */
export interface RunningChainOptions {
  readonly network: NetworkName;
  readonly seed: number;
  /**
   * Unix seconds at which the chain's own clock starts. Absent: a chain of an earlier run keeps the clock that it has, and
   * a new one follows `clock`.
   */
  readonly startTime?: number;
  /** Default the system's. */
  readonly clock?: Clock;
  /** Path of the journal; absent: the chain is gone with the process. */
  readonly journal?: string;
}

/** A mock chain that goes on from run to run, if it has a journal. */
export class RunningChain {
  readonly chain: HathorMockChain;
  private readonly traffic: HathorTraffic;
  private readonly journal: VertexJournal | undefined;
  private restored: readonly RestoredVertex[];
  private happened: MockChainEvent[] = [];
  /** Unix seconds; what was accepted once is not too far in the future, whatever has become of the clock. */
  private restoredTime = 0;

  /** @throws ConfigError if the journal is of another chain. */
  constructor({ network, seed, startTime, clock = systemClock, journal }: RunningChainOptions) {
    const header: JournalHeader = { network, seed, clock: startTime ?? 'wall' };
    const isGiven = startTime !== undefined;
    this.journal = journal === undefined ? undefined : VertexJournal.open(journal, header, isGiven);
    const { clock: source } = this.journal?.header ?? header;
    this.chain = new HathorMockChain({
      network,
      seed,
      ...(source === 'wall' && { clock: () => Math.max(clock.now() / 1000, this.restoredTime) }),
      ...(typeof source === 'number' && { startTime: source }),
    });
    this.chain.on((event) => this.happened.push(event));
    this.restored = (this.journal?.entries ?? []).map((entry) => this.restore(entry));
    // Traffic goes on from where the chain stands; the steps of earlier runs are not repeated.
    this.traffic = new HathorTraffic(this.chain, { seed: seed + this.restored.length });
  }

  /**
   * Events of earlier runs that the chain announced but nobody stored. Vertices are stored in order, so it is asked from
   * the newest back until one is found. To be called once.
   */
  async takeUnpublished(
    isStored: (vertex: RestoredVertex) => Promise<boolean>,
  ): Promise<readonly MockChainEvent[]> {
    const vertices = this.restored;
    this.restored = [];
    let stored = vertices.length;
    for (; stored > 0; stored--) {
      const newest = vertices[stored - 1];
      if (newest === undefined || (await isStored(newest))) break;
    }
    return vertices.slice(stored).flatMap(({ events }) => events);
  }

  /** @param eventId id that the first event of the action will get. */
  perform(action: ChainAction, eventId: number): ActionOutcome {
    let failure: Error | undefined;
    try {
      performAction(this.chain, this.traffic, action);
    } catch (error) {
      failure = error as Error;
    }
    const events = this.take();
    this.keep(events, eventId);
    return { events, ...(failure && { failure }) };
  }

  /** Whether the chain has to catch up with its clock before anything else happens to it. */
  get isIdle(): boolean {
    return this.chain.isIdle;
  }

  close(): void {
    this.journal?.close();
  }

  private keep(events: readonly MockChainEvent[], eventId: number): void {
    const accepted = events.flatMap(({ type, data }) =>
      type === 'vertex.accepted' ? [data.hash] : [],
    );
    const entries = accepted.map((hash): JournalEntry => {
      const vertex = this.chain.decoded(hash);
      if (vertex === undefined) throw new Error(`Vertex ${hash} was announced but is not stored`);
      return { eventId, vertex: Buffer.from(encodeVertex(vertex)).toString('hex') };
    });
    if (entries.length > 0) this.journal?.append(entries);
  }

  private restore({ eventId, vertex }: JournalEntry): RestoredVertex {
    const decoded = decodeVertex(Buffer.from(vertex, 'hex'));
    this.restoredTime = decoded.timestamp;
    this.chain.advance(Math.max(0, decoded.timestamp - this.chain.time));
    const { hash } = this.chain.addVertex(decoded);
    return { hash, eventId, events: this.take() };
  }

  private take(): readonly MockChainEvent[] {
    const events = this.happened;
    this.happened = [];
    return events;
  }
}
