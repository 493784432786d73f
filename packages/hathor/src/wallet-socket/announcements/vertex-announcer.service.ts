/** Tells wallets what happens to vertices, in the node's order (contract 1.4). */
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { AnyChainEvent, CancelTask, ChainEventMap, Clock } from '@sluice/engine';
import { EventBus, SLOW_CONSUMER_CLOSE_CODE } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import type { Subscription } from 'rxjs';
import { Subject } from 'rxjs';
import { HathorWalletChain } from '../../chain/hathor-wallet-chain.js';
import type { HistoryVertex } from '../../chain/history-vertex.js';
import { inTime } from '../../chain/in-time.js';
import type { MaybePromise } from '../../chain/maybe-promise.js';
import type { Hex32, InputData, VertexData } from '../../events/event-data.js';
import { HathorEvents } from '../../events/hathor-events.service.js';
import { SubscribedAddresses } from '../addresses/subscribed-addresses.js';
import { WalletConnections } from '../wallet-connections.js';
import type { AddressHistoryMessage, NewVertexMessage } from '../wallet-messages.js';
import { ADDRESS_HISTORY } from '../wallet-topics.js';
import type { ConsensusChange } from './consensus-changes.js';
import { ConsensusChanges } from './consensus-changes.js';
import { recallEvents } from './recall-events.js';
import { ReportedSpenders } from './reported-spenders.js';
import {
  beforeConsensus,
  historyOf,
  isBlockVersion,
  isVoided,
  relatedAddresses,
} from './vertex-history.js';
import type { Work } from './work-queue.js';
import { WorkQueue } from './work-queue.js';

/** Time that changes wait for the acceptance that caused them, milliseconds. Changes without a cause are rare. */
const CAUSE_MS = 50;

/** Most announcements that wait for the chain's answers. */
const MOST_WAITING = 10_000;

/**
 * What was announced in one step of consensus because of its spenders: a vertex that the same step changed in itself is not
 * announced a second time.
 */
type Step = Set<Hex32>;

@Injectable()
export class VertexAnnouncer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(VertexAnnouncer.name);
  private readonly acceptedVertices = new Subject<NewVertexMessage>();
  private readonly addressHistories = new Subject<AddressHistoryMessage>();
  private readonly changes = new ConsensusChanges();
  private readonly spenders = new ReportedSpenders();
  private readonly work = new WorkQueue({
    limit: MOST_WAITING,
    onError: (error) => {
      this.logger.error(error);
    },
    onOverflow: () => {
      this.startOver('too many announcements wait');
    },
  });
  private cancelWait: CancelTask | undefined;
  private events: Subscription | undefined;
  private losses: Subscription | undefined;

  constructor(
    private readonly bus: EventBus,
    private readonly chain: HathorWalletChain,
    private readonly connections: WalletConnections,
    private readonly addresses: SubscribedAddresses,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() private readonly queue?: HathorEvents,
  ) {}

  /** Messages for everybody. */
  readonly accepted$ = this.acceptedVertices.asObservable();

  /** Messages for who is subscribed to their address. */
  readonly histories$ = this.addressHistories.asObservable();

  /** Nobody is connected yet. The event queue has started, if there is one. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.queue?.running === true) await recallEvents(this.queue, this.changes);
    this.losses = this.bus.losses$.subscribe(() => {
      this.startOver('events of the writer are missing');
    });
    this.events = this.bus.events$.subscribe((event) => {
      try {
        this.hear(event);
      } catch (error) {
        // Without an event queue nobody has looked at what was published: it costs one event, not the process.
        this.logger.error(error);
      }
    });
  }

  onModuleDestroy(): void {
    this.events?.unsubscribe();
    this.losses?.unsubscribe();
    this.cancelWait?.();
    this.work.clear();
  }

  /** What was reported is noted at once; what is to be told is built in order, as fast as the chain answers. */
  private hear({ type, data }: AnyChainEvent<ChainEventMap>): void {
    switch (type) {
      case 'vertex.accepted': {
        this.changes.accepted(data);
        const step: Step = new Set();
        this.tell(() => this.announceAccepted(data, step));
        this.announceChanges(step);
        return;
      }
      case 'vertex.metadata-changed':
        this.changes.changed(data);
        this.awaitCause();
        return;
      case 'vertex.removed':
        this.changes.removed(data);
        this.awaitCause();
    }
  }

  private awaitCause(): void {
    if (this.changes.size === 0) return;
    this.cancelWait ??= this.clock.after(CAUSE_MS, () => {
      this.announceChanges(new Set());
    });
  }

  private announceChanges(step: Step): void {
    this.cancelWait?.();
    this.cancelWait = undefined;
    for (const change of this.changes.take()) this.tell(() => this.announceChange(change, step));
  }

  private tell(work: Work): void {
    if (this.nobodyListens()) return;
    this.work.add(async () => {
      if (!this.nobodyListens()) await work();
    });
  }

  /** Wallets would have a gap that they cannot see: they connect again and read everything anew. */
  private startOver(reason: string): void {
    if (this.connections.size === 0) return;
    this.logger.error(`${reason}: all connections of the wallet socket are closed`);
    this.connections.close(SLOW_CONSUMER_CLOSE_CODE, reason);
  }

  /** The vertex twice, as it was stored and as consensus left it, then what it spends. */
  private async announceAccepted(data: VertexData, step: Step): Promise<void> {
    const vertex = await this.current(data);
    if (vertex === undefined) return;
    this.announce(beforeConsensus(vertex));
    this.acceptedVertices.next({
      ...vertex,
      is_block: isBlockVersion(vertex.version),
      type: 'network:new_tx_accepted',
    });
    this.spenders.note(vertex);
    this.announce(vertex);
    if (!isVoided(data)) await this.announceSpent(data.inputs, step);
  }

  private async announceChange(change: ConsensusChange, step: Step): Promise<void> {
    const vertex = change.data && (await this.current(change.data));
    if (vertex !== undefined) {
      const isNews = this.spenders.note(vertex);
      if (isNews || !step.has(change.id)) this.announce(vertex);
    }
    if (change.spendsChanged) await this.announceSpent(change.inputs, step);
  }

  private async announceSpent(inputs: readonly InputData[], step: Step): Promise<void> {
    for (const id of new Set(inputs.map(({ tx_id }) => tx_id))) {
      const vertex = await this.ask(id);
      if (vertex === undefined || !this.spenders.note(vertex)) continue;
      step.add(id);
      this.announce(vertex);
    }
  }

  private async current(data: VertexData): Promise<HistoryVertex | undefined> {
    return historyOf(data) ?? (await this.ask(data.hash));
  }

  private ask(id: Hex32): MaybePromise<HistoryVertex | undefined> {
    return inTime(this.chain.historyVertex(id), this.clock);
  }

  private announce(history: HistoryVertex): void {
    for (const address of relatedAddresses(history)) {
      if (!this.addresses.has(address)) continue;
      this.addressHistories.next({ type: ADDRESS_HISTORY, address, history });
    }
  }

  /** Who connects later reads the history as it is then; nothing that was told before counts for it. */
  private nobodyListens(): boolean {
    if (this.connections.size > 0) return false;
    this.spenders.clear();
    return true;
  }
}
