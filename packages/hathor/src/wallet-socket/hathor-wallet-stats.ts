import { Injectable } from '@nestjs/common';
import { SubscribedAddresses } from './addresses/subscribed-addresses.js';
import { WalletConnections } from './wallet-connections.js';

/** Injectable: figures of the wallet socket, as `GET websocket_stats` shows them. */
@Injectable()
export class HathorWalletStats {
  constructor(
    private readonly open: WalletConnections,
    private readonly addresses: SubscribedAddresses,
  ) {}

  /** Open connections. */
  get connections(): number {
    return this.open.size;
  }

  /** Distinct addresses that connections are subscribed to. */
  get subscribedAddresses(): number {
    return this.addresses.size;
  }
}
