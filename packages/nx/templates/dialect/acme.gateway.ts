import { Inject, UsePipes, ValidationPipe } from '@nestjs/common';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { disconnectSlow, json, SluiceError, stringifyJson, type Session } from '@sluice/engine';
import {
  ChainGateway,
  ConnectedSession,
  FlowControl,
  Topic,
  type OnSessionOpen,
} from '@sluice/nestjs';
import type { AcmeBlock } from './acme-block.js';
import { AcmeChain } from './acme-chain.js';
import { AcmeSubscription } from './acme.dto.js';
import { ACME_ENDPOINT } from './acme.endpoint.js';
import { ACME_OPTIONS, type AcmeOptions } from './acme.options.js';
import { blockMessage } from './wire/block-message.js';
import { acmeFaults } from './wire/faults.js';
import { welcomeMessage } from './wire/welcome-message.js';

/** The endpoint of PROTOCOL.md. */
@ChainGateway({
  path: '/acme',
  codec: json({ command: 'type' }),
  faults: acmeFaults,
  config: ACME_ENDPOINT,
})
@UsePipes(new ValidationPipe())
export class AcmeGateway implements OnSessionOpen {
  constructor(
    @Inject(ACME_OPTIONS) private readonly options: AcmeOptions,
    @Inject(AcmeChain) private readonly chain: AcmeChain,
  ) {}

  async onSessionOpen(session: Session): Promise<void> {
    const welcome = welcomeMessage(this.options.network, await this.chain.latest());
    session.send(stringifyJson(welcome));
  }

  @SubscribeMessage('subscribe')
  subscribe(@MessageBody() body: AcmeSubscription, @ConnectedSession() session: Session): object {
    session.subscribe(body.topic);
    return { type: 'subscribed', topic: body.topic };
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@MessageBody() body: AcmeSubscription, @ConnectedSession() session: Session): object {
    if (!session.unsubscribe(body.topic)) throw new SluiceError('STATE', 'Not subscribed');
    return { type: 'unsubscribed', topic: body.topic };
  }

  /** Encoded once, however many sessions get it. */
  @Topic('blocks', { event: 'acme.block' })
  @FlowControl(disconnectSlow({ afterMs: 5_000 }))
  block(block: AcmeBlock): object {
    return blockMessage(block);
  }
}
