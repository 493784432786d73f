import { UsePipes, ValidationPipe } from '@nestjs/common';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { boundedQueue, json, latestOnly, type FaultMapper, type Session } from '@sluice/engine';
import { ChainGateway, ConnectedSession, Filter, FlowControl, Topic } from '@sluice/nestjs';
import type { OnSessionOpen } from '@sluice/nestjs';
import { HarbourChain } from './harbour-chain.port.js';
import type { Payment } from './harbour.events.js';
import { AccountFilter, WatchRequest } from './harbour.requests.js';

// #region faults
/** What is no JSON ends the connection; everything else that is wrong is answered. */
const faults: FaultMapper = ({ code }) =>
  code === 'MALFORMED'
    ? { action: 'close', code: 1003, reason: 'JSON only' }
    : { action: 'reply', message: { type: 'error', reason: code.toLowerCase() } };
// #endregion faults

// #region endpoint
@ChainGateway({ path: '/stream', codec: json(), faults, limits: { connectionsPerAddress: 20 } })
@UsePipes(new ValidationPipe())
export class HarbourGateway implements OnSessionOpen {
  constructor(private readonly chain: HarbourChain) {}

  onSessionOpen(session: Session): void {
    session.send(JSON.stringify({ type: 'tip', height: this.chain.height() }));
    session.subscribe('block');
  }
  // #endregion endpoint

  // #region commands
  @SubscribeMessage('watch')
  watch(@MessageBody() request: WatchRequest, @ConnectedSession() session: Session): object {
    session.subscribe('payment', request);
    return { type: 'watching', accounts: request.accounts.length };
  }
  // #endregion commands

  // #region topics
  @Topic('block', { event: 'harbour.block' })
  @FlowControl(latestOnly({ by: () => 'block' }))
  block({ height }: { readonly height: number }): object {
    return { type: 'block', height };
  }

  @Topic('payment', { event: 'harbour.payment' })
  @Filter(AccountFilter)
  @FlowControl(boundedQueue({ messages: 1000 }))
  payment(payment: Payment): object {
    return { type: 'payment', ...payment };
  }
  // #endregion topics
}
