import { Subject } from 'rxjs';
import type { BigchaindbTransaction, CommittedBlock } from './committed-block.js';
import { POISON_PILL, StreamEventType, type StreamEvent } from './stream-event.js';

/** A transaction and the block it is in. */
export interface StreamedTransaction {
  readonly height: number | bigint;
  readonly transaction: BigchaindbTransaction;
}

/** What the dispatcher understands: a block, a text for every client as it stands, or `POISON_PILL`. */
export type StreamItem = StreamEvent | string;

/** Takes blocks apart for the streams (contract 9). */
export class StreamDispatcher {
  private readonly transactionSubject = new Subject<StreamedTransaction | string>();
  private readonly blockSubject = new Subject<CommittedBlock>();
  private stopped = false;

  /** Every transaction of every valid block in order, and the texts. */
  readonly transactions$ = this.transactionSubject.asObservable();

  /** Every valid block that has transactions. */
  readonly blocks$ = this.blockSubject.asObservable();

  /** Streams an item; after `POISON_PILL` no more, though clients stay connected. */
  dispatch(item: StreamItem): void {
    if (this.stopped) return;
    if (item === POISON_PILL) this.stopped = true;
    else if (typeof item === 'string') this.transactionSubject.next(item);
    else if (item.type === StreamEventType.BLOCK_VALID) this.dispatchBlock(item.data);
  }

  /** In one go, so that nothing can come between the transactions of a block. */
  private dispatchBlock(block: CommittedBlock): void {
    const { height, transactions } = block;
    for (const transaction of transactions) {
      this.transactionSubject.next({ height, transaction });
    }
    if (transactions.length > 0) this.blockSubject.next(block);
  }
}
