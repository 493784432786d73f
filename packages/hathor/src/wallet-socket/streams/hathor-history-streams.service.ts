import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Session } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import { HathorWalletChain } from '../../chain/hathor-wallet-chain.js';
import type { HathorNetwork } from '../../codec/networks.js';
import type { HathorOptions } from '../../hathor.options.js';
import { HATHOR_OPTIONS } from '../../hathor.tokens.js';
import { ADDRESS_NETWORK } from '../addresses/address-network.js';
import { AddressSubscriptions } from '../addresses/address-subscriptions.js';
import type { StreamErrorMessage } from '../wallet-messages.js';
import { streamError } from '../wallet-messages.js';
import { HistoryStream } from './history-stream.js';
import { ManualAddresses } from './manual-addresses.js';
import type { OpenStream } from './session-streams.js';
import { SessionStreams } from './session-streams.js';
import {
  alreadyOpen,
  DISABLED,
  gapTooBig,
  invalidXpub,
  MAX_GAP_LIMIT,
  notFound,
  notOpen,
  otherId,
} from './stream-refusals.js';
import type { StreamRequest } from './stream-requests.js';
import {
  addressItems,
  firstIndex,
  gapLimit,
  optionalId,
  requiredId,
  requiredXpub,
  windowSize,
} from './stream-requests.js';
import { parseXpub, XpubAddresses } from './xpub-addresses.js';

/** What a request is answered with at once; undefined: nothing. */
type Answer = StreamErrorMessage | undefined;

/**
 * Injectable: the history streams of all connections, at most one each (contract 1.6), and the switch that turns them off
 * while the application runs.
 */
@Injectable()
export class HathorHistoryStreams {
  private readonly streams: SessionStreams;
  private isEnabled: boolean;

  constructor(
    @Inject(HATHOR_OPTIONS) { wallet }: HathorOptions,
    @Inject(ADDRESS_NETWORK) private readonly network: HathorNetwork,
    @Inject(CLOCK) clock: Clock,
    chain: HathorWalletChain,
    subscriptions: AddressSubscriptions,
  ) {
    this.isEnabled = wallet?.historyStreaming ?? true;
    this.streams = new SessionStreams(chain, subscriptions, clock);
  }

  /** Whether streams may be opened. */
  get enabled(): boolean {
    return this.isEnabled;
  }

  /** Number of open streams. */
  get size(): number {
    return this.streams.size;
  }

  /** Allows streams again. */
  enable(): void {
    this.isEnabled = true;
  }

  /** Ends all streams without a word to their clients and refuses new ones. */
  disable(): void {
    this.isEnabled = false;
    this.streams.closeAll();
  }

  /** `request:history:xpub`. @throws SluiceError `INVALID` where the node drops the connection. */
  openXpub(session: Session, request: StreamRequest): Answer {
    if (!this.isEnabled) return DISABLED;
    const id = requiredId(request);
    if (this.streams.of(session) !== undefined) return alreadyOpen(id);
    const xpub = requiredXpub(request);
    const gap = gapLimit(request);
    if (gap > MAX_GAP_LIMIT) return gapTooBig(id);
    const window = windowSize(request);
    const index = firstIndex(request);
    const key = parseXpub(xpub);
    if (key === undefined) return invalidXpub(id, xpub);
    const addresses = new XpubAddresses(key, index, this.network);
    this.streams.open(session, id, { addresses, gap, window });
    return undefined;
  }

  /** `request:history:manual`. @throws SluiceError `INVALID` where the node drops the connection. */
  openManual(session: Session, request: StreamRequest): Answer {
    if (!this.isEnabled) return DISABLED;
    const id = requiredId(request);
    const open = this.streams.of(session);
    if (open !== undefined) return this.append(open, id, request);
    const gap = gapLimit(request);
    if (gap > MAX_GAP_LIMIT) return gapTooBig(id);
    if (!isTrue(request.first)) return notFound(id);
    const addresses = new ManualAddresses();
    const wrong = addresses.add(addressItems(request), isTrue(request.last));
    if (wrong !== undefined) return streamError(id, wrong);
    this.streams.open(session, id, { addresses, gap, window: windowSize(request) });
    return undefined;
  }

  /** `request:history:ack`. @throws SluiceError `INVALID` where the node drops the connection. */
  ack(session: Session, request: StreamRequest): Answer {
    const found = this.find(session, request);
    return found instanceof HistoryStream ? found.acknowledge(request.ack, request.window) : found;
  }

  /** `request:history:stop`. @throws SluiceError `INVALID` where the node drops the connection. */
  stop(session: Session, request: StreamRequest): Answer {
    const found = this.find(session, request);
    if (!(found instanceof HistoryStream)) return found;
    found.close();
    return undefined;
  }

  private append({ stream, addresses }: OpenStream, id: string, request: StreamRequest): Answer {
    const isMore = addresses instanceof ManualAddresses && id === stream.id;
    if (!isMore || isTrue(request.first)) return alreadyOpen(id);
    const wrong = addresses.add(addressItems(request), isTrue(request.last));
    if (wrong !== undefined) return streamError(id, wrong);
    stream.addressesCame();
    return undefined;
  }

  private find(session: Session, request: StreamRequest): HistoryStream | StreamErrorMessage {
    const id = optionalId(request);
    const open = this.streams.of(session);
    if (open === undefined) return notOpen(id);
    if (open.stream.id !== id) return otherId(id);
    return open.stream;
  }
}

/** Clients send booleans; a node takes a number or a text for one too. */
function isTrue(flag: unknown): boolean {
  return Boolean(flag);
}
