import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import { unusedAddresses } from './stream-peer.js';
import { subscribed, WalletPeer, type HistoryVertex, type WalletMessage } from './wallet-peer.js';

const endpoint = 'ws';

/** Between two broadcasts of metrics, which come every second. */
const LONGEST_PAUSE_MS = 3000;

/** What the driver's actions answer: the vertices that were added. */
interface Added {
  readonly vertices: readonly string[];
}

const historyOf = (message: WalletMessage): HistoryVertex => message.history as HistoryVertex;

/** Contract 1.4 and 1.5. */
export const walletBroadcastChecks: readonly ConformanceCheck[] = [
  {
    ref: 'hathor §7.14',
    endpoint,
    title: 'broadcasts dashboard:metrics with exactly seven members, every second',
    async run(context) {
      const peer = await WalletPeer.connect(context);
      const timeoutMs = Math.max(context.timeoutMs, LONGEST_PAUSE_MS);
      const times: number[] = [];
      while (times.length < 3) {
        const { time } = await peer.broadcast('dashboard:metrics', undefined, { timeoutMs });
        times.push(Number(time));
      }
      const [first = 0, , third = 0] = times;
      expectThat(third - first > 1 && third - first < 4, 'two seconds between three', times);
    },
  },
  {
    ref: 'hathor §7.15',
    endpoint,
    title: 'broadcasts network:new_tx_accepted with exactly the members of a history vertex',
    needs: ['activity'],
    async run(context) {
      const peer = await WalletPeer.connect(context);
      await context.nudge('mine');
      const message = await context.activity('vertex', (options) =>
        peer.broadcast('network:new_tx_accepted', undefined, options),
      );
      const isBlock = [0, 3, 5].includes(Number(message.version));
      expectSame(message.is_block, isBlock, `is_block of version ${Number(message.version)}`);
    },
  },
  {
    ref: 'hathor §7.15',
    endpoint,
    title: 'broadcasts blocks, transactions and token creations alike to every connection',
    needs: ['driver'],
    async run(context) {
      const peers = [await WalletPeer.connect(context), await WalletPeer.connect(context)];
      for (const [action, body] of [
        ['mine', {}],
        ['transfer', {}],
        ['token', { name: 'Conformance', symbol: 'CNF' }],
      ] as const) {
        const { vertices } = await context.drive<Added>(action, body);
        const id = vertices.at(-1);
        for (const peer of peers) {
          await peer.broadcast('network:new_tx_accepted', ({ tx_id }) => tx_id === id);
        }
      }
    },
  },
  {
    ref: 'hathor §7.8',
    endpoint,
    title: 'announces a payment to a subscribed address, the last time as consensus left it',
    needs: ['driver'],
    async run(context) {
      const [address = ''] = await unusedAddresses(context, 1);
      const peer = await WalletPeer.connect(context);
      await peer.expectAnswer({ type: 'subscribe_address', address }, subscribed(address));
      const { vertices } = await context.drive<Added>('pay', { address, amount: 7 });
      const id = vertices.at(-1);
      const isPayment = (message: WalletMessage): boolean => historyOf(message).tx_id === id;
      for (let copy = 0; copy < 2; copy++) {
        const message = await peer.broadcast('wallet:address_history', isPayment);
        expectSame(message.address, address, 'address');
        const { is_voided, outputs } = historyOf(message);
        expectSame(is_voided, false, 'is_voided');
        const output = outputs.find(({ decoded }) => decoded.address === address);
        expectSame(
          [output?.value, output?.spent_by],
          [7, null],
          'value and spent_by of the output',
        );
      }
    },
  },
  {
    ref: 'hathor §7.9',
    endpoint,
    title: 'announces nothing for addresses that are not subscribed, or no longer',
    needs: ['driver'],
    async run(context) {
      const [mine = '', other = ''] = await unusedAddresses(context, 2);
      const peer = await WalletPeer.connect(context);
      await peer.expectAnswer({ type: 'subscribe_address', address: mine }, subscribed(mine));
      await expectNoHistory(peer, await context.drive<Added>('pay', { address: other, amount: 1 }));
      peer.client.send({ type: 'unsubscribe_address', address: mine });
      await peer.answer();
      await expectNoHistory(peer, await context.drive<Added>('pay', { address: mine, amount: 1 }));
    },
  },
  {
    ref: 'hathor §7.23',
    endpoint,
    title: 'announces a vertex again when an output of it is spent, with its spender',
    needs: ['driver'],
    async run(context) {
      const [to = ''] = await unusedAddresses(context, 1);
      const peer = await WalletPeer.connect(context);
      const first = await paid(context, peer, to);
      const addresses = new Set(
        first.outputs.flatMap(({ decoded: { address } }) =>
          address === undefined ? [] : [address],
        ),
      );
      for (const address of addresses) {
        await peer.expectAnswer({ type: 'subscribe_address', address }, subscribed(address));
      }
      const { vertices } = await context.drive<Added>('pay', { address: to, amount: 3 });
      const spender = await spenderOf(peer, first.tx_id, vertices.at(-1));
      expectSame(spender, vertices.at(-1), 'spent_by of the output that was spent');
    },
  },
];

/** What an announcement of a vertex says of who spends it, in either order with the spender's own. */
async function spenderOf(
  peer: WalletPeer,
  spent: string,
  by: string | undefined,
): Promise<unknown> {
  let accepted: HistoryVertex | undefined;
  let spender: unknown;
  await peer.client.untilJson<WalletMessage>((message) => {
    if (message.tx_id === by) accepted = message as unknown as HistoryVertex;
    if (message.type === 'wallet:address_history' && historyOf(message).tx_id === spent) {
      spender ??= historyOf(message).outputs.find(({ spent_by }) => spent_by !== null)?.spent_by;
    }
    if (accepted?.inputs.every(({ tx_id }) => tx_id !== spent) === true) {
      throw new SkipCheck('the driver spent something else');
    }
    return accepted !== undefined && spender !== undefined;
  });
  return spender;
}

async function paid(
  context: Parameters<ConformanceCheck['run']>[0],
  peer: WalletPeer,
  address: string,
): Promise<HistoryVertex> {
  const { vertices } = await context.drive<Added>('pay', { address, amount: 3 });
  const id = vertices.at(-1);
  const message = await peer.broadcast('network:new_tx_accepted', ({ tx_id }) => tx_id === id);
  return message as unknown as HistoryVertex;
}

/** What it spends may be announced to those whose it was; the payment itself may not. */
async function expectNoHistory(peer: WalletPeer, { vertices }: Added): Promise<void> {
  const id = vertices.at(-1);
  const isNews = ({ tx_id }: WalletMessage): boolean => tx_id === id;
  const taken = [...(await peer.client.untilJson<WalletMessage>(isNews)), ...(await peer.sofar())];
  const histories = taken.filter(
    (message) => message.type === 'wallet:address_history' && historyOf(message).tx_id === id,
  );
  expectSame(histories, [], 'announcements');
}
