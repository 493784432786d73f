/** Subscriptions to addresses, with the checks of contract 1.3 in their order. */
import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@sluice/engine';
import { SessionKey } from '@sluice/engine';
import { HathorWalletChain } from '../../chain/hathor-wallet-chain.js';
import type { MaybePromise } from '../../chain/maybe-promise.js';
import { isAddress } from '../../codec/address.js';
import type { HathorNetwork } from '../../codec/networks.js';
import { HathorWalletLimits, UNLIMITED } from '../hathor-wallet-limits.js';
import { ADDRESS_NETWORK } from './address-network.js';
import { SessionAddresses } from './session-addresses.js';
import { SubscribedAddresses } from './subscribed-addresses.js';

/** Why an address was not subscribed, in the words of contract 1.3. */
export type SubscriptionRefusal = string;

@Injectable()
export class AddressSubscriptions {
  private readonly key: SessionKey<SessionAddresses>;

  constructor(
    @Inject(ADDRESS_NETWORK) private readonly network: HathorNetwork,
    private readonly limits: HathorWalletLimits,
    private readonly chain: HathorWalletChain,
    all: SubscribedAddresses,
  ) {
    this.key = new SessionKey('hathor.addresses', (session) => new SessionAddresses(session, all));
  }

  /** @returns undefined once the session is subscribed, or is closed meanwhile and nobody listens. */
  subscribe(session: Session, address: unknown): MaybePromise<SubscriptionRefusal | undefined> {
    if (typeof address !== 'string') return "Missing or invalid 'address' parameter.";
    if (!isAddress(address, this.network)) return `Invalid address: ${address}`;
    if (session.phase !== 'open') return undefined;
    const addresses = session.state(this.key);
    const full = this.connectionIsFull(addresses);
    if (full !== undefined) return full;
    if (this.limits.max_subs_addrs_empty !== UNLIMITED) {
      return this.subscribeCounted(session, addresses, address);
    }
    addresses.forgetEmpty();
    addresses.add(address, true);
    return undefined;
  }

  /** @returns false if the session was not subscribed. */
  unsubscribe(session: Session, address: string): boolean {
    return session.phase === 'open' && session.state(this.key).remove(address);
  }

  /**
   * While the chain answers, a history stream of the same connection may subscribe too: whatever decides is looked at
   * after the last answer.
   */
  private async subscribeCounted(
    session: Session,
    addresses: SessionAddresses,
    address: string,
  ): Promise<SubscriptionRefusal | undefined> {
    const used = await this.chain.isAddressUsed(address);
    if (addresses.empty.size >= this.limits.max_subs_addrs_empty) await this.release(addresses);
    if (session.phase !== 'open') return undefined;
    const refusal = this.connectionIsFull(addresses) ?? this.tooManyAreEmpty(addresses);
    if (refusal === undefined) addresses.add(address, !used);
    return refusal;
  }

  /** Takes those that have a history by now out of the empty ones. */
  private async release({ empty }: SessionAddresses): Promise<void> {
    for (const address of [...empty]) {
      if (await this.chain.isAddressUsed(address)) empty.delete(address);
    }
  }

  private connectionIsFull({ size }: SessionAddresses): SubscriptionRefusal | undefined {
    const { max_subs_addrs_conn: limit } = this.limits;
    if (limit === UNLIMITED || size < limit) return undefined;
    return `Reached maximum number of subscribed addresses (${limit}).`;
  }

  private tooManyAreEmpty({ empty }: SessionAddresses): SubscriptionRefusal | undefined {
    const { max_subs_addrs_empty: limit } = this.limits;
    if (limit === UNLIMITED || empty.size < limit) return undefined;
    return `Reached maximum number of subscribed empty addresses (${limit}).`;
  }
}
