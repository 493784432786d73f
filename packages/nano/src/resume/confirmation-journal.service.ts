import { randomUUID } from 'node:crypto';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ChainEvent, EventLog, EventLogStore, LogPage, Metrics } from '@sluice/engine';
import { EventBus, EventStream, SluiceError } from '@sluice/engine';
import type { SluiceRole } from '@sluice/nestjs';
import { EVENT_LOG_STORE, METRICS, ROLE } from '@sluice/nestjs';
import type { Subscription } from 'rxjs';
import { ConfirmedBlock } from '../confirmation/confirmed-block.js';
import type { BlockConfirmed } from '../events/block-events.js';
import type { NanoOptions } from '../nano.options.js';
import { NANO_OPTIONS } from '../nano.tokens.js';
import { storedText } from './stored-confirmation.js';
import { cursorPosition, cursorText, type ResumePoint } from './confirmation-cursor.js';

/** Name of the stream in the log. */
const STREAM = 'nano.confirmations';

/** What one read takes out of the log: a page is written within one turn. */
const PAGE = { events: 64, bytes: 256 * 1024 };

/** Where a subscription begins. */
export interface ResumeStart {
  /** Id of the last confirmation that the client is taken to have seen. */
  readonly position: number;
  /** Whether confirmations may be missing that the client asked for. */
  readonly gap: boolean;
}

/** Keeps confirmations in the application's log, if the extension `resume` is on. */
@Injectable()
export class ConfirmationJournal implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ConfirmationJournal.name);
  /** Ids in the log by number on the bus, from storing to announcement. */
  private readonly stored = new Map<number, number>();
  private readonly announcements: Subscription | undefined;
  private log: EventLog | undefined;
  private stream: EventStream | undefined;
  private endRecording: (() => void) | undefined;
  private announced = -1;

  /**
   * @throws SluiceError `STATE` if the extension is on and the application has no log, `INVALID` if the process is a
   * gateway: a position is known where its confirmation is stored.
   */
  constructor(
    @Inject(NANO_OPTIONS) private readonly options: NanoOptions,
    @Inject(EVENT_LOG_STORE) private readonly store: EventLogStore | undefined,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(ROLE) role: SluiceRole,
    private readonly bus: EventBus,
  ) {
    if (!this.enabled) return;
    if (role === 'gateway') {
      throw new SluiceError(
        'INVALID',
        '`extensions.resume` needs the role `writer`: a gateway does not know positions of confirmations',
      );
    }
    if (store === undefined) {
      throw new SluiceError(
        'STATE',
        'Nano confirmations are to be resumed and there is no log: give SluiceModule one, such as `log: memoryLog()`',
      );
    }
    // Before the topics listen: a message that is rendered names the position of its event.
    this.announcements = bus.on('block.confirmed').subscribe(({ id }) => this.announce(id));
  }

  /** Whether confirmations can be resumed. */
  get enabled(): boolean {
    return this.options.extensions?.resume === true;
  }

  /** Id of the newest stored confirmation; -1 if there is none. */
  get head(): number {
    return this.opened.head;
  }

  /** Id of the confirmation that is being announced. */
  get current(): number {
    return this.announced;
  }

  async onModuleInit(): Promise<void> {
    if (!this.enabled || this.store === undefined) return;
    const { retention } = this.options.extensions ?? {};
    this.log = await this.store.open(STREAM, {
      epoch: randomUUID(),
      ...(retention === undefined ? {} : { retention }),
    });
    this.announced = this.log.head;
    this.stream = new EventStream(this.log, {
      metrics: this.metrics,
      onError: (error) => this.logger.error(error),
    });
    this.endRecording = this.bus.record((event) => this.record(event));
  }

  async onModuleDestroy(): Promise<void> {
    this.endRecording?.();
    this.announcements?.unsubscribe();
    await this.stream?.stop();
    await this.log?.close();
  }

  /** Position of a stored confirmation as clients see it. */
  cursor(id: number): string {
    return cursorText(id, this.opened.epoch);
  }

  /** Id in a cursor of this log; undefined if it is none. */
  idOf(cursor: string): number | undefined {
    return cursorPosition(cursor, this.opened.epoch);
  }

  /** Where a subscription begins that asks for `point`. */
  start(point: ResumePoint): ResumeStart {
    const { first, head } = this.opened;
    if (point.from === 'now') return { position: head, gap: false };
    if (point.from === 'earliest') return { position: first - 1, gap: false };
    const seen = this.idOf(point.cursor);
    if (seen === undefined || seen > head) return { position: first - 1, gap: true };
    return { position: Math.max(seen, first - 1), gap: seen < first - 1 };
  }

  /** Confirmations from id `from` on. @throws SluiceError `LIMIT` if they are no longer stored. */
  async read(from: number): Promise<LogPage> {
    return this.opened.read(from, PAGE);
  }

  private record({ type, id, data, time }: ChainEvent): Promise<unknown> | undefined {
    if (type !== 'block.confirmed' || this.stream === undefined) return undefined;
    const text = storedText(new ConfirmedBlock(data as BlockConfirmed, time));
    return this.stream.append(() => text).then((position) => this.stored.set(id, position));
  }

  /** Earlier events that were stored, but refused by somebody else, are never announced. */
  private announce(id: number): void {
    this.announced = this.stored.get(id) ?? this.announced;
    for (const stored of this.stored.keys()) if (stored <= id) this.stored.delete(stored);
  }

  private get opened(): EventLog {
    if (this.log === undefined) throw new SluiceError('STATE', 'The log is not open');
    return this.log;
  }
}
