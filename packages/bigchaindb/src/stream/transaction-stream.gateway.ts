import { Inject } from '@nestjs/common';
import { inOrder, sendOnly, type Session } from '@sluice/engine';
import type { ConnectRequest, OnSessionOpen } from '@sluice/nestjs';
import { ChainGateway, Filter, FlowControl, Topic } from '@sluice/nestjs';
import type { Observable } from 'rxjs';
import type { BigchaindbOptions } from '../bigchaindb.options.js';
import { BIGCHAINDB_OPTIONS } from '../bigchaindb.tokens.js';
import { StreamDispatcher, type StreamedTransaction } from './stream-dispatcher.js';
import { STREAM, TRANSACTION_ENDPOINT, TRANSACTIONS_PATH } from './stream-endpoint.js';
import { transactionFrame } from './stream-frames.js';
import { TransactionFilter, transactionFilterOf } from './transaction.filter.js';

/** Every transaction of every committed block, for everybody who is connected (contract 8). */
@ChainGateway({
  path: TRANSACTIONS_PATH,
  codec: sendOnly(transactionFrame),
  config: TRANSACTION_ENDPOINT,
  ...STREAM,
})
export class TransactionStreamGateway implements OnSessionOpen {
  constructor(
    private readonly dispatcher: StreamDispatcher,
    @Inject(BIGCHAINDB_OPTIONS) private readonly options: BigchaindbOptions,
  ) {}

  onSessionOpen(session: Session, { query }: ConnectRequest): void {
    const { filters = false } = this.options;
    session.subscribe('valid_transactions', filters ? transactionFilterOf(query) : undefined);
  }

  @Topic('valid_transactions')
  @Filter(TransactionFilter)
  @FlowControl(inOrder())
  transactions(): Observable<StreamedTransaction | string> {
    return this.dispatcher.transactions$;
  }
}
