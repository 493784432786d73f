/** Messages of the wallet socket to clients (contract 1.1 to 1.6). */
import type { ChainDashboard } from '../chain/hathor-wallet-chain.js';
import type { HistoryVertex } from '../chain/history-vertex.js';
import type { WindowSize } from './streams/stream-window.js';
import type { ADDRESS_HISTORY } from './wallet-topics.js';

/** First message of every connection. */
export interface CapabilitiesMessage {
  readonly type: 'capabilities';
  readonly capabilities: readonly 'history-streaming'[];
}

/** Answer to `subscribe_address`; `address` as it came. */
export interface SubscribeAddressAnswer {
  readonly type: 'subscribe_address';
  readonly address: unknown;
  readonly success: boolean;
  readonly message?: string;
}

/** Answer to `unsubscribe_address`. */
export interface UnsubscribeAddressAnswer {
  readonly type: 'unsubscribe_address';
  readonly success: true;
}

/** Figures of the moment, every second. */
export interface DashboardMessage extends ChainDashboard {
  readonly type: 'dashboard:metrics';
  /** Unix seconds, with a fraction. */
  readonly time: number;
}

/** A vertex was accepted. */
export interface NewVertexMessage extends HistoryVertex {
  readonly type: 'network:new_tx_accepted';
  readonly is_block: boolean;
}

/** The history of an address has a new vertex, or one that changed. */
export interface AddressHistoryMessage {
  readonly type: typeof ADDRESS_HISTORY;
  readonly address: string;
  readonly history: HistoryVertex;
}

/** A history stream cannot be opened, goes wrong, or a request to it does not fit. */
export interface StreamErrorMessage {
  readonly type: 'stream:history:error';
  readonly id: string;
  readonly errmsg: string;
}

/** Members that a frame of a history stream has besides `type`, `id` and `seq`. */
export type StreamFrame =
  | { readonly type: 'stream:history:begin'; readonly window_size: WindowSize }
  | {
      readonly type: 'stream:history:address';
      readonly index: number | bigint;
      readonly address: string;
      readonly subscribed: true;
    }
  | { readonly type: 'stream:history:vertex'; readonly data: HistoryVertex }
  | { readonly type: 'stream:history:end' };

/** The error frame of a stream. */
export function streamError(id: string, errmsg: string): StreamErrorMessage {
  return { type: 'stream:history:error', id, errmsg };
}
