import { Inject } from '@nestjs/common';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import type { Clock, TopicContext } from '@sluice/engine';
import { disconnectSlow, Session } from '@sluice/engine';
import { ChainGateway, CLOCK, ConnectedSession, Filter, FlowControl, Topic } from '@sluice/nestjs';
import { NEVER, type Observable } from 'rxjs';
import { NanoHandshakeGuard } from './connect/nano-handshake.guard.js';
import { NANO_ENDPOINT } from './connect/nano-endpoint.js';
import type { ConfirmationRecord } from './confirmation/confirmation-record.js';
import { ConfirmationFilter } from './confirmation/confirmation.filter.js';
import { CurrentConfirmation } from './confirmation/current-confirmation.js';
import type { NanoChainEvents } from './events/nano-events.js';
import {
  bootstrapMessage,
  difficultyMessage,
  hashText,
  telemetryMessage,
  unconfirmedMessage,
} from './messages/node-messages.js';
import { Notifications, type Notification } from './messages/notifications.service.js';
import { MAIN_NETWORK_DIFFICULTY, workMessage } from './messages/work-message.js';
import type { NanoOptions } from './nano.options.js';
import { NANO_OPTIONS } from './nano.tokens.js';
import { FilterLog } from './reading/filter-log.service.js';
import { nanoCodec } from './reading/nano.codec.js';
import { acknowledgement, type Acknowledgement } from './requests/acknowledgement.js';
import { nanoFaults } from './requests/nano-faults.js';
import type { NanoRequest } from './requests/nano-request.js';
import { confirmationFlow } from './resume/confirmation.flow.js';
import { ConfirmationSubscriptions } from './subscriptions/confirmation-subscriptions.service.js';
import { checkFilterSize } from './subscriptions/filter-size.js';
import { isNanoTopic } from './topics/nano-topics.js';
import { SLOW_CLIENTS } from './topics/slow-clients.js';
import { voteMessage } from './vote/vote-message.js';
import { plainVotes, readVoteOptions, type VoteRecord } from './vote/vote-record.js';
import { VoteFilter } from './vote/vote.filter.js';

/**
 * The node's socket: four actions and ten topics (contract 4, 6).
 *
 * Acknowledgements are sent by the handlers themselves and not as their results, because a notification of the new
 * subscription must not come before its acknowledgement (contract 4.2).
 */
@ChainGateway({
  path: '*',
  name: 'nano',
  codec: nanoCodec,
  faults: nanoFaults,
  guards: [NanoHandshakeGuard],
  config: NANO_ENDPOINT,
  shutdown: { code: 1000, reason: 'Shutting down' },
  closeReply: (code = 1000) => ({ code }),
  answersBeforeClose: true,
})
@FlowControl(disconnectSlow(SLOW_CLIENTS))
export class NanoGateway {
  constructor(
    @Inject(NANO_OPTIONS) private readonly options: NanoOptions,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly confirmations: ConfirmationSubscriptions,
    private readonly current: CurrentConfirmation,
    private readonly notifications: Notifications,
    private readonly filterLog: FilterLog,
  ) {}

  @SubscribeMessage('subscribe')
  async subscribe(
    @MessageBody() request: NanoRequest,
    @ConnectedSession() session: Session,
  ): Promise<void> {
    const { topic, options } = request;
    if (!isNanoTopic(topic)) return;
    if (topic === 'confirmation') {
      await this.confirmations.subscribe(session, options, (answer) => {
        this.acknowledge(session, request, 'subscribe', answer);
      });
      return;
    }
    const record = topic === 'vote' ? await this.votes(request) : undefined;
    checkFilterSize(session.subscribe(topic, record), this.options.maxFilterAccounts);
    this.acknowledge(session, request, 'subscribe');
  }

  @SubscribeMessage('update')
  async update(
    @MessageBody() request: NanoRequest,
    @ConnectedSession() session: Session,
  ): Promise<void> {
    if (request.topic !== 'confirmation') return;
    await this.confirmations.update(session, request.options, () => {
      this.acknowledge(session, request, 'update');
    });
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@MessageBody() request: NanoRequest, @ConnectedSession() session: Session): void {
    if (!isNanoTopic(request.topic)) return;
    session.unsubscribe(request.topic);
    this.acknowledge(session, request, 'unsubscribe');
  }

  @SubscribeMessage('ping')
  ping(@MessageBody() { id }: NanoRequest, @ConnectedSession() session: Session): void {
    session.send(JSON.stringify(acknowledgement('pong', id, this.clock.now())));
  }

  @Topic('confirmation', { event: 'block.confirmed' })
  @Filter(ConfirmationFilter)
  @FlowControl(confirmationFlow)
  confirmation(
    confirmed: NanoChainEvents['block.confirmed'],
    { options }: TopicContext<ConfirmationRecord>,
  ): Notification {
    return this.notifications.confirmation(this.current.of(confirmed), options);
  }

  @Topic('vote', { event: 'vote.processed' })
  @Filter(VoteFilter)
  vote(vote: NanoChainEvents['vote.processed']): Notification {
    const message = voteMessage(vote, this.options.voteSignature ?? 'decimal');
    return this.notifications.build('vote', message);
  }

  @Topic('started_election', { event: 'election.started' })
  startedElection({ hash }: NanoChainEvents['election.started']): Notification {
    return this.notifications.build('started_election', { hash: hashText(hash) });
  }

  @Topic('stopped_election', { event: 'election.stopped' })
  stoppedElection({ hash }: NanoChainEvents['election.stopped']): Notification {
    return this.notifications.build('stopped_election', { hash: hashText(hash) });
  }

  @Topic('active_difficulty', { event: 'difficulty.changed' })
  activeDifficulty(difficulty: NanoChainEvents['difficulty.changed']): Notification {
    return this.notifications.build('active_difficulty', difficultyMessage(difficulty));
  }

  @Topic('work', { event: 'work.generated' })
  work(work: NanoChainEvents['work.generated']): Notification {
    const base = this.options.baseDifficulty ?? MAIN_NETWORK_DIFFICULTY;
    return this.notifications.build('work', workMessage(work, base));
  }

  @Topic('telemetry', { event: 'telemetry.received' })
  telemetry(telemetry: NanoChainEvents['telemetry.received']): Notification {
    return this.notifications.build('telemetry', telemetryMessage(telemetry));
  }

  @Topic('new_unconfirmed_block', { event: 'block.unconfirmed' })
  newUnconfirmedBlock(unconfirmed: NanoChainEvents['block.unconfirmed']): Notification {
    const message = unconfirmedMessage(unconfirmed);
    const hash = hashText(unconfirmed.hash);
    return this.notifications.build('new_unconfirmed_block', message, { hash });
  }

  @Topic('bootstrap', { event: ['bootstrap.started', 'bootstrap.exited'] })
  bootstrap(
    attempt: NanoChainEvents['bootstrap.started'] | NanoChainEvents['bootstrap.exited'],
  ): Notification {
    return this.notifications.build('bootstrap', bootstrapMessage(attempt));
  }

  /** Can be subscribed and has no messages: acknowledgements are sent regardless (contract 4.3). */
  @Topic('ack')
  acknowledgements(): Observable<never> {
    return NEVER;
  }

  private async votes({ options }: NanoRequest): Promise<VoteRecord> {
    if (options !== undefined) return readVoteOptions(options, this.filterLog);
    return plainVotes(this.options.compat ?? 'published');
  }

  private acknowledge(
    session: Session,
    { ack, id }: NanoRequest,
    action: Acknowledgement['ack'],
    extra: object = {},
  ): void {
    if (!ack) return;
    session.send(JSON.stringify({ ...acknowledgement(action, id, this.clock.now()), ...extra }));
  }
}
