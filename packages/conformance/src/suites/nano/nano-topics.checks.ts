import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { NanoPeer, type Moved, type NanoMessage } from './nano-peer.js';
import type { Topic } from './nano-shapes.js';

/** A topic's message, and what brings it about. */
const TOPICS: readonly {
  readonly ref: string;
  readonly topic: Topic;
  readonly action: string;
  readonly body?: object;
  readonly needs?: ConformanceCheck['needs'];
}[] = [
  { ref: 'nano §11.20', topic: 'vote', action: 'send' },
  { ref: 'nano §11.21', topic: 'started_election', action: 'send' },
  { ref: 'nano §6.3', topic: 'stopped_election', action: 'fork', needs: ['driver'] },
  { ref: 'nano §11.27', topic: 'telemetry', action: 'telemetry' },
  { ref: 'nano §6.7', topic: 'new_unconfirmed_block', action: 'send' },
  { ref: 'nano §6.5', topic: 'work', action: 'work', needs: ['driver'] },
  { ref: 'nano §6.8', topic: 'bootstrap', action: 'bootstrap', needs: ['driver'] },
  { ref: 'nano §6.4', topic: 'active_difficulty', action: 'difficulty', needs: ['driver'] },
];

const ALL_BITS = 2n ** 64n;

/** Contract 6.3 to 6.8. */
export const topicChecks: readonly ConformanceCheck[] = [
  ...TOPICS.map(({ ref, topic, action, body, needs = ['activity'] }): ConformanceCheck => ({
    ref,
    title: `${topic}: a message has exactly its members, each a text`,
    needs,
    async run(context) {
      const peer = await NanoPeer.subscribed(context, topic);
      await context.nudge(action, body);
      await context.activity(topic, (options) => peer.next(topic, options));
    },
  })),
  {
    ref: 'nano §11.22',
    title: 'started_election, then stopped_election: the hash of a block whose election is dropped',
    needs: ['driver'],
    async run(context) {
      const started = await NanoPeer.subscribed(context, 'started_election');
      const stopped = await NanoPeer.subscribed(context, 'stopped_election');
      const { blocks } = await context.drive<Moved>('send', { confirmation: 'open' });
      const [hash] = blocks;
      expectSame((await started.next('started_election')).message?.hash, hash, 'hash');
      await context.drive('stop', { hash });
      expectSame((await stopped.next('stopped_election')).message?.hash, hash, 'hash');
    },
  },
  {
    ref: 'nano §11.28',
    title: 'new_unconfirmed_block: the block itself, its hash beside it',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'new_unconfirmed_block');
      const { blocks } = await context.drive<Moved>('send');
      const { hash, message } = await peer.next('new_unconfirmed_block');
      expectSame(hash, blocks[0], 'hash');
      const { type, subtype } = message ?? {};
      expectSame({ type, subtype }, { type: 'state', subtype: 'send' }, 'message');
    },
  },
  {
    ref: 'nano §6.7',
    title: 'new_unconfirmed_block: a legacy block is called change, whatever it is',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'new_unconfirmed_block');
      await context.drive('send', { legacy: true });
      const { type, subtype } = (await peer.next('new_unconfirmed_block')).message ?? {};
      expectSame({ type, subtype }, { type: 'send', subtype: 'change' }, 'message');
    },
  },
  {
    ref: 'nano §11.23',
    title: 'work: what was asked for and found, the multiplier by the formula',
    needs: ['driver'],
    async run(context) {
      const hash = 'AB'.repeat(32);
      const peer = await NanoPeer.subscribed(context, 'work');
      await context.drive('work', { hash, outcome: 'success' });
      const { message } = await peer.next('work');
      const request = message?.request as Readonly<Record<string, string>>;
      const result = message?.result as Readonly<Record<string, string>>;
      expectSame(message?.success, 'true', 'success');
      expectSame(request.hash, hash, 'request.hash');
      const asked = BigInt(`0x${request.difficulty ?? ''}`);
      const found = BigInt(`0x${result.difficulty ?? ''}`);
      expectThat(found >= asked, `a difficulty of at least ${request.difficulty ?? ''}`, result);
      const ratio = Number(result.multiplier) / Number(request.multiplier);
      const wanted = Number(ALL_BITS - asked) / Number(ALL_BITS - found);
      expectThat(
        Math.abs(ratio / wanted - 1) < 1e-6,
        `multipliers in the ratio ${wanted}`,
        message,
      );
    },
  },
  {
    ref: 'nano §6.5',
    title: 'work: a request that is cancelled or fails says so and has no result',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'work');
      for (const outcome of ['cancelled', 'failure']) {
        await context.drive('work', { outcome });
        const { success, reason } = (await peer.next('work')).message ?? {};
        expectSame({ success, reason }, { success: 'false', reason: outcome }, 'message');
      }
    },
  },
  {
    ref: 'nano §11.25',
    title: 'bootstrap: an attempt that starts, then one that exits with its figures',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'bootstrap');
      const attempt = { id: '123abc', mode: 'legacy' };
      await context.drive('bootstrap', { ...attempt, reason: 'started' });
      const started = await peer.next('bootstrap');
      expectSame(started.message, { reason: 'started', ...attempt }, 'message');
      await context.drive('bootstrap', {
        ...attempt,
        reason: 'exited',
        totalBlocks: 7,
        duration: 9,
      });
      const exited = await peer.next('bootstrap');
      expectSame(
        exited.message,
        { reason: 'exited', ...attempt, total_blocks: '7', duration: '9' },
        'message',
      );
    },
  },
  {
    ref: 'nano §11.29',
    title: 'active_difficulty: the multiplier of the formula',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'active_difficulty');
      await context.drive('difficulty', { multiplier: 2 });
      const content = (await peer.next('active_difficulty')).message ?? {};
      const { network_minimum, network_current, multiplier } = content as Record<string, string>;
      const least = ALL_BITS - BigInt(`0x${network_minimum ?? ''}`);
      const current = ALL_BITS - BigInt(`0x${network_current ?? ''}`);
      const wanted = Number(least) / Number(current);
      const isNear = Math.abs(Number(multiplier) - wanted) < 1e-6;
      expectThat(isNear, `multiplier ${wanted}`, content);
    },
  },
  {
    ref: 'nano §6',
    title: 'sends the messages of subscribed topics only',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'bootstrap');
      await context.drive('send');
      await context.drive('telemetry');
      await context.drive('bootstrap', { reason: 'started' });
      const { topic } = await peer.client.nextJson<NanoMessage>();
      expectSame(topic, 'bootstrap', 'topic of the first message');
    },
  },
];
