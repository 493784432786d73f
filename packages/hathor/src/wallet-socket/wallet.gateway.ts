import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import type { Session } from '@sluice/engine';
import { disconnectSlow, json, latestOnly, SluiceError, stringifyJson } from '@sluice/engine';
import type { OnSessionOpen } from '@sluice/nestjs';
import { ChainGateway, ConnectedSession, Filter, FlowControl, Topic } from '@sluice/nestjs';
import type { Observable } from 'rxjs';
import { WALLET_CONTRACT } from '../contract/wallet-contract.js';
import { AddressFilter } from './addresses/address.filter.js';
import { AddressSubscriptions } from './addresses/address-subscriptions.js';
import { VertexAnnouncer } from './announcements/vertex-announcer.service.js';
import { DashboardFeed } from './dashboard.feed.js';
import type { HathorWalletEvents } from './own-wallet-events.js';
import { HathorHistoryStreams } from './streams/hathor-history-streams.service.js';
import type { StreamRequest } from './streams/stream-requests.js';
import { throttledMember } from './throttled-member.flow.js';
import { WalletConnections } from './wallet-connections.js';
import { WALLET_ENDPOINT } from './wallet-endpoint.js';
import { walletFaults } from './wallet-faults.js';
import type {
  AddressHistoryMessage,
  CapabilitiesMessage,
  DashboardMessage,
  NewVertexMessage,
  StreamErrorMessage,
  SubscribeAddressAnswer,
  UnsubscribeAddressAnswer,
} from './wallet-messages.js';
import { ADDRESS_HISTORY } from './wallet-topics.js';

type RequestBody = Readonly<Record<string, unknown>>;

/** Time without progress after which a client that does not read is let go, milliseconds. */
const SLOW_MS = 30_000;

/** The wallet socket: broadcasts, addresses and history streams (contract 1). */
@ChainGateway({
  path: ['/v1a/ws', '/ws'],
  leaf: true,
  codec: json({ command: 'type' }),
  faults: walletFaults,
  contract: WALLET_CONTRACT,
  heartbeat: false,
  config: WALLET_ENDPOINT,
  violations: 'drop',
  shutdown: {},
  closeReply: () => ({ code: 1000 }),
  answersBeforeClose: true,
})
@FlowControl(disconnectSlow({ afterMs: SLOW_MS }))
export class WalletGateway implements OnSessionOpen {
  constructor(
    private readonly connections: WalletConnections,
    private readonly subscriptions: AddressSubscriptions,
    private readonly streams: HathorHistoryStreams,
    private readonly announcer: VertexAnnouncer,
    private readonly dashboard: DashboardFeed,
  ) {}

  onSessionOpen(session: Session): void {
    this.connections.add(session);
    const capabilities: CapabilitiesMessage = {
      type: 'capabilities',
      capabilities: this.streams.enabled ? ['history-streaming'] : [],
    };
    session.send(stringifyJson(capabilities));
  }

  @SubscribeMessage('ping')
  ping(): { readonly type: 'pong' } {
    return { type: 'pong' };
  }

  @SubscribeMessage('subscribe_address')
  async subscribe(
    @MessageBody() { address = null }: RequestBody,
    @ConnectedSession() session: Session,
  ): Promise<SubscribeAddressAnswer> {
    const message = await this.subscriptions.subscribe(session, address);
    const answer = { type: 'subscribe_address', address } as const;
    return message === undefined
      ? { ...answer, success: true }
      : { ...answer, success: false, message };
  }

  @SubscribeMessage('unsubscribe_address')
  unsubscribe(
    @MessageBody() { address }: RequestBody,
    @ConnectedSession() session: Session,
  ): UnsubscribeAddressAnswer | undefined {
    if (address === undefined || (typeof address === 'object' && address !== null)) {
      throw new SluiceError('INVALID', 'address must be a text');
    }
    if (typeof address !== 'string') return undefined;
    if (!this.subscriptions.unsubscribe(session, address)) return undefined;
    return { type: 'unsubscribe_address', success: true };
  }

  @SubscribeMessage('request:history:xpub')
  openXpub(
    @MessageBody() request: StreamRequest,
    @ConnectedSession() session: Session,
  ): StreamErrorMessage | undefined {
    return this.streams.openXpub(session, request);
  }

  @SubscribeMessage('request:history:manual')
  openManual(
    @MessageBody() request: StreamRequest,
    @ConnectedSession() session: Session,
  ): StreamErrorMessage | undefined {
    return this.streams.openManual(session, request);
  }

  @SubscribeMessage('request:history:ack')
  ack(
    @MessageBody() request: StreamRequest,
    @ConnectedSession() session: Session,
  ): StreamErrorMessage | undefined {
    return this.streams.ack(session, request);
  }

  @SubscribeMessage('request:history:stop')
  stop(
    @MessageBody() request: StreamRequest,
    @ConnectedSession() session: Session,
  ): StreamErrorMessage | undefined {
    return this.streams.stop(session, request);
  }

  @Topic('dashboard:metrics', { autoSubscribe: true })
  @FlowControl(latestOnly())
  metrics(): Observable<DashboardMessage> {
    return this.dashboard.messages$;
  }

  @Topic('network:new_tx_accepted', { autoSubscribe: true })
  @FlowControl(throttledMember({ hits: 20, windowMs: 2000, queue: 20, retryMs: 100 }))
  newVertices(): Observable<NewVertexMessage> {
    return this.announcer.accepted$;
  }

  @Topic(ADDRESS_HISTORY)
  @Filter(AddressFilter)
  addressHistories(): Observable<AddressHistoryMessage> {
    return this.announcer.histories$;
  }

  @Topic('wallet:output_received', { event: 'wallet.output-received', autoSubscribe: true })
  @FlowControl(throttledMember({ hits: 10, windowMs: 2000, queue: 20, retryMs: 100 }))
  outputReceived(received: HathorWalletEvents['wallet.output-received']): object {
    return { ...received, type: 'wallet:output_received' };
  }

  @Topic('wallet:output_spent', { event: 'wallet.output-spent', autoSubscribe: true })
  @FlowControl(throttledMember({ hits: 10, windowMs: 2000, queue: 20, retryMs: 100 }))
  outputSpent(spent: HathorWalletEvents['wallet.output-spent']): object {
    return { ...spent, type: 'wallet:output_spent' };
  }

  @Topic('wallet:balance_updated', { event: 'wallet.balance-updated', autoSubscribe: true })
  @FlowControl(throttledMember({ hits: 3, windowMs: 1000, queue: 3, retryMs: 400 }))
  balanceUpdated(updated: HathorWalletEvents['wallet.balance-updated']): object {
    return { ...updated, type: 'wallet:balance_updated' };
  }

  @Topic('wallet:history_updated', { event: 'wallet.history-updated', autoSubscribe: true })
  historyUpdated(): object {
    return { type: 'wallet:history_updated' };
  }

  @Topic('wallet:keys_generated', { event: 'wallet.keys-generated', autoSubscribe: true })
  keysGenerated(generated: HathorWalletEvents['wallet.keys-generated']): object {
    return { ...generated, type: 'wallet:keys_generated' };
  }

  @Topic('wallet:gap_limit', { event: 'wallet.gap-limit', autoSubscribe: true })
  gapLimit(reached: HathorWalletEvents['wallet.gap-limit']): object {
    return { ...reached, type: 'wallet:gap_limit' };
  }
}
