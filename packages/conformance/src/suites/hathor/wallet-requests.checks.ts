import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectShape, readJson } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import { anyText, integer, list, literal, object } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';
import { addressBytes, addressText } from './base58.js';
import { unusedAddresses } from './stream-peer.js';
import { subscribed, WalletPeer } from './wallet-peer.js';

const endpoint = 'ws';
const MALFORMED = { type: 'error', success: false, errmsg: 'Malformed command' };
const NO_ADDRESS = "Missing or invalid 'address' parameter.";

/** Version byte of another network than the one given: 0x28 mainnet, 0x49 testnets. */
const otherVersion = (version: number): number => (version === 0x28 ? 0x49 : 0x28);

/** Requests that cost the connection (contract 1.2). */
const DROPPED: readonly object[] = [
  { type: 'unsubscribe_address' },
  { type: 'unsubscribe_address', address: ['a'] },
  { type: 'unsubscribe_address', address: { a: 1 } },
  { type: 'request:history:xpub', xpub: 'x' },
  { type: 'request:history:manual', first: true },
  { type: 'request:history:xpub', id: 'a' },
  { type: 'request:history:ack', id: 5, ack: 0 },
  { type: 'request:history:xpub', id: 'a', xpub: 'x', 'gap-limit': 'many' },
  { type: 'request:history:manual', id: 'a', first: true, 'window-size': 'wide' },
  { type: 'request:history:manual', id: 'a', first: true, addresses: [['only one']] },
];

/** Contract 1.1 to 1.3. */
export const walletRequestChecks: readonly ConformanceCheck[] = [
  {
    ref: 'hathor §7.1',
    endpoint,
    title: 'sends its capabilities first',
    async run(context) {
      const { greeting } = await WalletPeer.connect(context);
      const shape = object({ type: literal('capabilities'), capabilities: list(anyText) });
      expectShape(greeting, shape, 'first message');
    },
  },
  {
    ref: 'hathor §7.2',
    endpoint,
    title: 'has history-streaming as its only capability, or none',
    async run(context) {
      const { greeting } = await WalletPeer.connect(context);
      const { capabilities } = greeting;
      if (Array.isArray(capabilities) && capabilities.length === 0) return;
      expectSame(capabilities, ['history-streaming'], 'capabilities');
    },
  },
  {
    ref: 'hathor §7.3',
    endpoint,
    title: 'answers a ping in a binary frame',
    async run(context) {
      const peer = await WalletPeer.connect(context);
      await peer.expectAnswer(Buffer.from('{"type":"ping"}'), { type: 'pong' });
    },
  },
  {
    ref: 'hathor §7.4',
    endpoint,
    title: 'answers a ping in a text frame, its other members ignored',
    async run(context) {
      const peer = await WalletPeer.connect(context);
      await peer.expectAnswer({ type: 'ping' }, { type: 'pong' });
      await peer.expectAnswer({ type: 'ping', id: 5, x: [1] }, { type: 'pong' });
    },
  },
  {
    ref: 'hathor §7.5',
    endpoint,
    title: 'calls what is no JSON a malformed command, and lives',
    async run(context) {
      const peer = await WalletPeer.connect(context);
      for (const text of ['not json', '{"type":"ping"', ''])
        await peer.expectAnswer(text, MALFORMED);
      await peer.expectAnswer(Buffer.of(0xc3, 0x28), MALFORMED);
      await peer.expectAnswer({ type: 'ping' }, { type: 'pong' });
    },
  },
  {
    ref: 'hathor §7.6',
    endpoint,
    title: 'ignores requests without a type, or of an unknown one',
    async run(context) {
      const peer = await WalletPeer.connect(context);
      await peer.expectNoAnswer({}, { type: 'dance' }, { type: 'PING' }, { type: 'START_STREAM' });
    },
  },
  {
    ref: 'hathor §1.2',
    endpoint,
    title: 'drops the connection on JSON that is no object',
    async run(context) {
      for (const text of ['[]', '"x"', 'null', '5']) {
        await (await WalletPeer.connect(context)).expectDrop(text);
      }
    },
  },
  {
    ref: 'hathor §1.2',
    endpoint,
    title: 'drops the connection on requests whose members are missing or of another type',
    async run(context) {
      for (const request of DROPPED) await (await WalletPeer.connect(context)).expectDrop(request);
    },
  },
  {
    ref: 'hathor §7.7',
    endpoint,
    title: 'confirms the subscription of an address, and the same again',
    async run(context) {
      const [address = ''] = await unusedAddresses(context, 1);
      const peer = await WalletPeer.connect(context);
      const request = { type: 'subscribe_address', address };
      await peer.expectAnswer(request, subscribed(address));
      await peer.expectAnswer(request, subscribed(address));
    },
  },
  {
    ref: 'hathor §7.10',
    endpoint,
    title: 'refuses addresses that are too short, have a bad checksum or are of another network',
    async run(context) {
      const [good = ''] = await unusedAddresses(context, 1);
      const bytes = addressBytes(good) ?? Buffer.alloc(25);
      const last = good.endsWith('1') ? '2' : '1';
      const bad = [
        'abc',
        good.slice(0, 33),
        `${good}1`,
        good.slice(0, -1) + last,
        addressText(otherVersion(bytes[0] ?? 0), bytes.subarray(1, 21)),
        `0${good.slice(1)}`,
      ];
      const peer = await WalletPeer.connect(context);
      for (const address of bad) {
        const message = `Invalid address: ${address}`;
        await peer.expectAnswer(
          { type: 'subscribe_address', address },
          { type: 'subscribe_address', address, success: false, message },
        );
      }
    },
  },
  {
    ref: 'hathor §7.27',
    endpoint,
    title: 'refuses an address that is missing or no text, and echoes it',
    async run(context) {
      const peer = await WalletPeer.connect(context);
      const refusal = { type: 'subscribe_address', success: false, message: NO_ADDRESS };
      await peer.expectAnswer({ type: 'subscribe_address' }, { ...refusal, address: null });
      await peer.expectAnswer(
        { type: 'subscribe_address', address: 5 },
        { ...refusal, address: 5 },
      );
    },
  },
  {
    ref: 'hathor §7.11',
    endpoint,
    title: 'confirms that a subscription has ended, without the address; one that is none, not',
    async run(context) {
      const [address = ''] = await unusedAddresses(context, 1);
      const peer = await WalletPeer.connect(context);
      await peer.expectAnswer({ type: 'subscribe_address', address }, subscribed(address));
      await peer.expectAnswer(
        { type: 'unsubscribe_address', address },
        { type: 'unsubscribe_address', success: true },
      );
      await peer.expectNoAnswer({ type: 'unsubscribe_address', address });
    },
  },
  {
    ref: 'hathor §7.22',
    endpoint,
    title: 'counts connections and addresses in websocket_stats',
    async run(context) {
      const addresses = await unusedAddresses(context, 2);
      const peer = await WalletPeer.connect(context);
      for (const address of addresses) {
        await peer.expectAnswer({ type: 'subscribe_address', address }, subscribed(address));
      }
      await expectStats(context, addresses.length);
    },
  },
];

/** Others may be connected, too: there are at least as many. */
async function expectStats(context: CheckContext, addresses: number): Promise<void> {
  const path = new URL('websocket_stats', context.url).pathname;
  const { status, body } = await context.fetch(path);
  if (status === 404) throw new SkipCheck(`${path} is not served here`);
  const stats = object({
    connections: integer(1n),
    subscribed_addresses: integer(BigInt(addresses)),
  });
  expectShape(readJson(body), stats, 'websocket_stats');
}
