import { elementsOf, type Elements } from '../../chain/elements-of.js';
import type { HistoryVertex } from '../../chain/history-vertex.js';
import type { MaybePromise } from '../../chain/maybe-promise.js';
import { andThen } from '../../chain/maybe-promise.js';
import type { AddressItem, AddressSource } from './address-source.js';

/** What comes next in a stream. */
export type CursorStep =
  | { readonly kind: 'address'; readonly item: AddressItem }
  | { readonly kind: 'vertex'; readonly vertex: HistoryVertex }
  /** The address could not be subscribed. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'none-yet' }
  | { readonly kind: 'exhausted' };

/** What a cursor reads. */
export interface CursorOptions {
  readonly addresses: AddressSource;
  readonly historyOf: (address: string) => Iterable<HistoryVertex> | AsyncIterable<HistoryVertex>;
  /** Subscribes the connection to an address. @returns why not. */
  readonly subscribe: (address: string) => MaybePromise<string | undefined>;
  /** Consecutive addresses without vertices after which nothing more comes; at least 1 of them is looked at. */
  readonly gapLimit: number;
}

type Vertices = Iterator<HistoryVertex> | AsyncIterator<HistoryVertex>;

/**
 * Addresses, each followed by its vertices, one step at a time (contract 1.6, "Content"). It holds one open iterator of
 * the chain and nothing else: a history of any length takes the same memory.
 */
export class HistoryCursor {
  /** Subscribed and sent; its vertices are read from the next step on, so that none can slip through in between. */
  private address: string | undefined;
  private vertices: Vertices | undefined;
  private hasVertices = false;
  private gap = 0;
  private closed = false;

  constructor(private readonly options: CursorOptions) {}

  /** Must not be called again before its promise is settled. */
  next(): MaybePromise<CursorStep> {
    if (this.address !== undefined) {
      this.vertices = open(elementsOf(this.options.historyOf(this.address)));
      this.address = undefined;
      this.hasVertices = false;
    }
    if (this.vertices === undefined) return this.nextAddress();
    return andThen<IteratorResult<HistoryVertex>, CursorStep>(this.vertices.next(), (result) =>
      this.read(result),
    );
  }

  /** Lets the chain clean up what it opened. */
  close(): void {
    this.closed = true;
    const { vertices } = this;
    this.vertices = undefined;
    this.address = undefined;
    try {
      // Whether closing works is the chain's own business: nobody waits for it any more.
      void Promise.resolve(vertices?.return?.()).catch(() => undefined);
    } catch {
      return;
    }
  }

  private read(result: IteratorResult<HistoryVertex>): MaybePromise<CursorStep> {
    if (this.closed) return { kind: 'exhausted' };
    if (result.done !== true) {
      this.hasVertices = true;
      return { kind: 'vertex', vertex: result.value };
    }
    this.vertices = undefined;
    this.gap = this.hasVertices ? 0 : this.gap + 1;
    return this.nextAddress();
  }

  private nextAddress(): MaybePromise<CursorStep> {
    const { addresses, gapLimit, subscribe } = this.options;
    if (this.gap > 0 && this.gap >= gapLimit) return { kind: 'exhausted' };
    const item = addresses.next();
    if (typeof item === 'string') return { kind: item };
    return andThen(subscribe(item.address), (reason): CursorStep => {
      if (reason !== undefined) return { kind: 'refused', reason };
      if (!this.closed) this.address = item.address;
      return { kind: 'address', item };
    });
  }
}

function open(history: Elements<HistoryVertex>): Vertices {
  return Symbol.asyncIterator in history
    ? history[Symbol.asyncIterator]()
    : history[Symbol.iterator]();
}
