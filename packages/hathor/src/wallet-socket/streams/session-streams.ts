import { Logger } from '@nestjs/common';
import type { Clock, Session } from '@sluice/engine';
import type { HathorWalletChain } from '../../chain/hathor-wallet-chain.js';
import type { AddressSubscriptions } from '../addresses/address-subscriptions.js';
import type { AddressSource } from './address-source.js';
import { HistoryCursor } from './history-cursor.js';
import { HistoryStream } from './history-stream.js';
import { StreamScheduler } from './stream-scheduler.js';
import type { WindowSize } from './stream-window.js';
import { StreamWindow } from './stream-window.js';

/** An open stream and where its addresses come from. */
export interface OpenStream {
  readonly stream: HistoryStream;
  readonly addresses: AddressSource;
}

/** What a client asked for. */
export interface StreamSettings {
  readonly addresses: AddressSource;
  /** Consecutive addresses without vertices after which the stream ends. */
  readonly gap: number;
  readonly window: WindowSize;
}

/** The open streams, at most one of each connection. */
export class SessionStreams {
  private readonly logger = new Logger(SessionStreams.name);
  private readonly streams = new Map<Session, OpenStream>();
  private readonly scheduler: StreamScheduler;

  constructor(
    private readonly chain: HathorWalletChain,
    private readonly subscriptions: AddressSubscriptions,
    clock: Clock,
  ) {
    this.scheduler = new StreamScheduler(clock);
  }

  get size(): number {
    return this.streams.size;
  }

  of(session: Session): OpenStream | undefined {
    return this.streams.get(session);
  }

  /** Opens the stream of a connection that has none, and begins it. */
  open(session: Session, id: string, { addresses, gap, window }: StreamSettings): void {
    // A guard may have taken so long that nobody is there any more.
    if (session.phase !== 'open') return;
    const cursor = new HistoryCursor({
      addresses,
      gapLimit: gap,
      historyOf: (address) => this.chain.addressHistory(address),
      subscribe: (address) => this.subscriptions.subscribe(session, address),
    });
    const stream = new HistoryStream(id, {
      session,
      cursor,
      window: new StreamWindow(window),
      scheduler: this.scheduler,
      onClose: () => {
        this.streams.delete(session);
        ignoreClose();
      },
      onError: (error) => {
        this.logger.error(error);
      },
    });
    const ignoreClose = session.onClose(() => {
      stream.close();
    });
    this.streams.set(session, { stream, addresses });
    stream.begin();
  }

  /** Ends all of them without a word. */
  closeAll(): void {
    for (const { stream } of [...this.streams.values()]) stream.close();
  }
}
