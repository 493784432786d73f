import type { ChainEvent } from '../events/chain-event.js';

/** An event as other nodes get it: each bus numbers what it announces by itself. */
export type FannedEvent = Omit<ChainEvent, 'id'>;

/**
 * Why events of the writer did not reach a gateway.
 *
 * - `forgotten`: the connection was gone for longer than the writer remembers, or an event was too large to be sent.
 * - `writer-gone`: the writer ended before it could be asked for them.
 * - `unreadable`: they came and cannot be decoded: the writer's Node.js or release is newer.
 * - `writer-changed`: another writer has taken over; whether the last events of the old one arrived is not known.
 */
export type FanOutLossReason = 'forgotten' | 'unreadable' | 'writer-gone' | 'writer-changed';

/** Events that a gateway should have announced and cannot. */
export interface FanOutLoss {
  readonly reason: FanOutLossReason;
  /** How many; undefined if that is not known. */
  readonly events: number | undefined;
}

/** What a follower tells. Calls come in the writer's order; they must not throw. */
export interface FanOutListener {
  event(event: FannedEvent): void;
  /** Between the events before the loss and those after it. */
  lost(loss: FanOutLoss): void;
}

/** The writer's end. */
export interface FanOutPublisher {
  /**
   * Sends an event to all who follow, now or as soon as there is a connection again. Its data is encoded before this
   * returns.
   *
   * @throws SluiceError `INVALID` if the data cannot be sent, `LIMIT` if it is too large. Followers see a loss.
   */
  send(event: FannedEvent): void;
  /** Sends what waits, says goodbye, ends. */
  close(): Promise<void>;
}

/** A gateway's end. */
export interface FanOutSubscription {
  close(): Promise<void>;
}

/**
 * Port: brings what one node announces to the others, in order, nothing twice, losses told. Implemented over a message
 * broker, such as `natsFanOut` of `@sluice/log-jetstream`.
 */
export interface FanOut {
  /** @throws SluiceError `STATE` if there is no connection. */
  publisher(): Promise<FanOutPublisher>;
  /**
   * Hears of everything that is sent from now on.
   *
   * @throws SluiceError `STATE` if there is no connection.
   */
  follow(listener: FanOutListener): Promise<FanOutSubscription>;
}
