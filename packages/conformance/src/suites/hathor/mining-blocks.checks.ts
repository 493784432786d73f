import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectShape, expectThat } from '../../judging/expect.js';
import { Mismatch, SkipCheck } from '../../judging/outcomes.js';
import { mineBlock, readBlock, type MinedBlock } from './block-bytes.js';
import { MiningPeer, TEMPLATE, type MiningMessage, type Template } from './mining-peer.js';

const endpoint = 'mining_ws';

/** A block of weight 16.5 on the genesis of the network `unittests`: no node's best block is its parent. */
const STALE =
  '0500010000190000001976a914a584cf48b161e4a49223ed220df30037ab740e0088ac40308000000000005ddefa96032ebb3b8edcb72a7e46cc0efacfe1b109e2e9dd868a90fe0906968dc8fbbf648816ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f95233e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e86903616263000000000000000000000000000050ed';
const MOST_TRIES = 2 ** 20;
const GENESIS_DISTANCE = 4499;
const FUTURE = 300;

/** Contract 3.2 and 3.4 to 3.8. */
export const miningBlockChecks: readonly ConformanceCheck[] = [
  {
    ref: 'hathor §7.87',
    endpoint,
    title: 'sends the templates first, if the node may mine',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      await (await MiningPeer.connect(context)).template();
      const [first] = await peer.client.takeJson<MiningMessage>(1);
      expectSame(first?.method, 'mining.notify', 'method of the first message');
    },
  },
  {
    ref: 'hathor §7.90',
    endpoint,
    title: 'gives the minimal block of a template as its data',
    async run(context) {
      const template = await (await MiningPeer.connect(context)).template();
      const { data, parents, parents_any, versions, timestamp_min, reward, signal_bits } = template;
      const { fundsLength: _, weight, ...block } = readTemplate(data);
      const [smallest] = [...parents_any].sort();
      const isFull = parents.length === 3 || smallest === undefined;
      expectSame(
        block,
        {
          signalBits: signal_bits,
          version: Math.min(...versions),
          outputs: [{ value: BigInt(reward), script: '' }],
          timestamp: timestamp_min,
          parents: isFull ? parents : [...parents, smallest],
          data: '',
        },
        'the block in data',
      );
      expectSame(weight, template.weight, 'weight of the block in data');
    },
  },
  {
    ref: 'hathor §3.5',
    endpoint,
    title: 'has bounds of the timestamp that fit each other and its clock',
    async run(context) {
      const template = await (await MiningPeer.connect(context)).template();
      const { timestamp_now: now, timestamp_min: least, timestamp_max: most } = template;
      expectThat(most <= now + FUTURE, `timestamp_max of at most ${now + FUTURE}`, template);
      const isNear = most <= least - 1 + GENESIS_DISTANCE || template.height === 1;
      expectThat(isNear, `timestamp_max within ${GENESIS_DISTANCE} s of the parent`, template);
      expectThat(least <= most, 'timestamp_min of at most timestamp_max', template);
    },
  },
  {
    ref: 'hathor §3.6',
    endpoint,
    title: 'refuses hexdata that is no text with -32602, and goes on',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      await peer.template();
      for (const hexdata of [5, null, ['00'], { a: 1 }, true]) {
        await peer.expectError({ id: 1, method: 'mining.submit', params: { hexdata } }, -32602);
      }
      await peer.template();
    },
  },
  {
    ref: 'hathor §3.6',
    endpoint,
    title: 'refuses hexdata that is no hex or no vertex with -32603 and an empty Close',
    async run(context) {
      for (const hexdata of ['xyz', '0', '', '00', `${STALE}00`]) {
        const peer = await MiningPeer.connect(context);
        await peer.template();
        await peer.expectFatal({ id: 1, method: 'mining.submit', params: [hexdata] }, -32603);
      }
    },
  },
  {
    ref: 'hathor §3.6',
    endpoint,
    title: 'answers a block on another than the best block with false, by name and by position',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      for (const params of [[STALE], { hexdata: STALE }, [STALE, true], [STALE.toUpperCase()]]) {
        await peer.expectResult({ id: 's', method: 'mining.submit', params }, 's', false);
      }
      const params = { hexdata: STALE, optimistic: true };
      await peer.expectResult({ id: 's', method: 'mining_submit', params }, 's', false);
    },
  },
  {
    ref: 'hathor §3.6',
    endpoint,
    title: 'refuses a block without its proof of work with -32603 and an empty Close',
    async run(context) {
      const peer = await MiningPeer.connect(context);
      const { hexdata } = mined(await peer.template(), false);
      await peer.expectFatal({ id: 1, method: 'mining.submit', params: { hexdata } }, -32603);
    },
  },
  {
    ref: 'hathor §7.95',
    endpoint,
    title: 'takes a mined block, answers true, and then has templates on it',
    needs: ['driver'],
    async run(context) {
      const peer = await MiningPeer.connect(context);
      const template = await peer.template();
      await peer.client.ping();
      await peer.client.take(peer.client.pending);
      const block = mined(template, true);
      const params = { hexdata: block.hexdata };
      peer.client.send({ id: 'mined', method: 'mining.submit', params });
      expectSame(
        await peer.client.nextJson(),
        { id: 'mined', error: null, result: true },
        'first message after the submission',
      );
      const next = await peer.notification();
      expectSame([next.parents[0], next.height], [block.id, template.height + 1], 'parent, height');
      await peer.expectResult({ id: 'again', method: 'mining.submit', params }, 'again', false);
    },
  },
  {
    ref: 'hathor §0.2 D3',
    endpoint,
    title: 'answers an optimistic submission with one template on the block',
    needs: ['driver'],
    async run(context) {
      const peer = await MiningPeer.connect(context);
      const template = await peer.template();
      const block = mined(template, true);
      const params = { hexdata: block.hexdata, optimistic: true };
      peer.client.send({ id: 'o', method: 'mining.submit', params });
      const { result } = await peer.answer();
      expectShape(result, TEMPLATE, 'result');
      const { parents, height } = result as Template;
      expectSame([parents[0], height], [block.id, template.height + 1], 'parent and height');
    },
  },
  {
    ref: 'hathor §3.4',
    endpoint,
    title: 'notifies everybody of the templates on a new block',
    needs: ['driver'],
    async run(context) {
      const peers = [await MiningPeer.connect(context), await MiningPeer.connect(context)];
      const { height } = await firstTemplate(peers);
      const { vertices } = await context.drive<{ vertices: readonly string[] }>('mine');
      for (const peer of peers) {
        const next = await peer.notification();
        expectSame([next.parents[0], next.height], [vertices[0], height + 1], 'parent and height');
      }
    },
  },
  {
    ref: 'hathor §7.96',
    endpoint,
    title: 'notifies of a new transaction, too',
    needs: ['driver'],
    async run(context) {
      await context.drive('transfer');
      const peer = await MiningPeer.connect(context);
      const { height } = await firstTemplate([peer]);
      await context.drive('transfer');
      expectSame((await peer.notification()).height, height, 'height');
    },
  },
];

/** Takes the notifications that greet; the template of the last. */
async function firstTemplate(peers: readonly MiningPeer[]): Promise<Template> {
  const templates: Template[] = [];
  for (const peer of peers) templates.push(await peer.notification());
  const last = templates.at(-1);
  if (last === undefined) throw new SkipCheck('there is no template');
  return last;
}

function readTemplate(data: string): ReturnType<typeof readBlock> {
  try {
    return readBlock(Buffer.from(data, 'hex'));
  } catch (error) {
    throw new Mismatch('data that is a block without its nonce', (error as Error).message);
  }
}

/** The template's block with a nonce. @param valid whether it is to be a proof of work, or none. */
function mined({ data, weight }: Template, valid: boolean): MinedBlock {
  const block = mineBlock(Buffer.from(data, 'hex'), valid, MOST_TRIES);
  if (block === undefined)
    throw new SkipCheck(`a block of weight ${weight} takes too long to mine`);
  return block;
}
