import { decodeVertex, encodeVertex } from '@sluice/hathor/codec';
import type { HathorMockChainOptions, MockChainEvent } from '@sluice/mock-chain';
import { HathorMockChain, HathorTraffic } from '@sluice/mock-chain';
import type { ChainAction } from './chain-action.js';
import { performAction } from './chain-action.js';
import type { JournalEntry } from './vertex-journal.js';
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

/** A mock chain that goes on from run to run, if it has a journal. */
export class RunningChain {
  readonly chain: HathorMockChain;
  private readonly traffic: HathorTraffic;
  private readonly journal: VertexJournal | undefined;
  private restored: readonly RestoredVertex[];
  private happened: MockChainEvent[] = [];

  /** @param journal path of the journal; absent: the chain is gone with the process. */
  constructor(
    options: HathorMockChainOptions & Required<Pick<HathorMockChainOptions, 'network'>>,
    journal?: string,
  ) {
    const { network, seed } = options;
    this.chain = new HathorMockChain(options);
    this.chain.on((event) => this.happened.push(event));
    this.journal =
      journal === undefined ? undefined : VertexJournal.open(journal, { network, seed });
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
    const { hash } = this.chain.addVertex(decodeVertex(Buffer.from(vertex, 'hex')));
    return { hash, eventId, events: this.take() };
  }

  private take(): readonly MockChainEvent[] {
    const events = this.happened;
    this.happened = [];
    return events;
  }
}
