import { json, TopicHub } from '@sluice/engine';
import type { Session } from '@sluice/engine';
import { fakeSession, ManualClock } from '@sluice/engine/testing';
import type { FakeSession, FakeSocket } from '@sluice/engine/testing';
import { hathorNetworks } from '../../src/codec/index.js';
import type { ChainDashboard, HistoryVertex } from '../../src/index.js';
import { HathorHistoryStreams, HathorWalletChain, HathorWalletLimits } from '../../src/index.js';
import { AddressFilter } from '../../src/wallet-socket/addresses/address.filter.js';
import { AddressSubscriptions } from '../../src/wallet-socket/addresses/address-subscriptions.js';
import { SubscribedAddresses } from '../../src/wallet-socket/addresses/subscribed-addresses.js';
import type { StreamErrorMessage } from '../../src/wallet-socket/wallet-messages.js';
import { ADDRESS_HISTORY } from '../../src/wallet-socket/wallet-topics.js';
import type { Frame } from './stream-client.js';
import { addressAt } from './wallet-keys.js';

type History = Iterable<HistoryVertex> | AsyncIterable<HistoryVertex>;

/** A chain that has histories and nothing else. */
class HistoryChain extends HathorWalletChain {
  constructor(readonly addressHistory: (address: string) => History) {
    super();
  }

  vertices(): [] {
    return [];
  }

  isAddressUsed(): boolean {
    return false;
  }

  historyVertex(): undefined {
    return undefined;
  }

  dashboard(): ChainDashboard {
    throw new Error('No figures');
  }
}

/** History streams of a connection, without Nest and without a network. */
export class StreamBench {
  readonly clock = new ManualClock();
  readonly session: Session;
  readonly socket: FakeSocket;
  readonly streams: HathorHistoryStreams;
  readonly limits = new HathorWalletLimits({ network: 'unittests' });
  private readonly hub = new TopicHub({ codec: json(), clock: this.clock });

  constructor(historyOf: (address: string) => History) {
    const chain = new HistoryChain(historyOf);
    const network = hathorNetworks.unittests;
    const filter = new AddressFilter();
    this.hub.define({ name: ADDRESS_HISTORY, render: (message) => message, filter });
    ({ session: this.session, socket: this.socket } = this.connect());
    this.streams = new HathorHistoryStreams(
      { network: network.name },
      network,
      this.clock,
      chain,
      new AddressSubscriptions(network, this.limits, chain, new SubscribedAddresses()),
    );
  }

  /** One connection more. */
  connect(): FakeSession {
    return fakeSession({ clock: this.clock, topics: this.hub });
  }

  /** Frames that the client has read and the test has not seen. */
  take(): Frame[] {
    return this.socket.take().map((text) => JSON.parse(String(text)) as Frame);
  }

  /** Lets everything happen that can, promises included. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      this.clock.turn();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.clock.turn();
  }

  /** `request:history:manual` for the addresses with these numbers. */
  manual(
    indices: readonly number[],
    members: object = {},
    session = this.session,
  ): StreamErrorMessage | undefined {
    const addresses = indices.map((index) => [index, addressAt(index)]);
    return this.streams.openManual(session, { id: 's', addresses, ...members });
  }
}

/** A vertex with nothing in it but its id. */
export function bareVertex(tx_id: string): HistoryVertex {
  return {
    tx_id,
    version: 1,
    weight: 1,
    timestamp: 0,
    is_voided: false,
    inputs: [],
    outputs: [],
    parents: [],
    first_block: null,
  };
}
