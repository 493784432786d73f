import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import type { CheckContext } from '../../runner/check-context.js';
import { arrived, expectSilence } from '../settled.js';
import { NanoPeer, type Moved, type NanoMessage } from './nano-peer.js';

const needs = ['driver'] as const;
const FINAL = '18446744073709551615';

/** Contract 6.2: which votes a subscription lets pass. */
export const voteChecks: readonly ConformanceCheck[] = [
  {
    ref: 'nano §11.17',
    title: 'a plain subscription receives the votes for a block',
    needs,
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'vote');
      const hash = await peer.confirm('send');
      await peer.next('vote');
      const isFor = ({ message }: NanoMessage): boolean =>
        (message?.blocks as readonly string[]).includes(hash);
      const vote = (await votes(peer)).find(isFor)?.message;
      expectThat(vote !== undefined, `a vote for ${hash}`);
      expectSame(vote.sequence, vote.timestamp, 'sequence');
    },
  },
  {
    ref: 'nano §6.2',
    title: 'a final vote has the largest timestamp and duration 15',
    needs,
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'vote');
      const { blocks } = await context.drive<Moved>('send', { confirmation: 'open' });
      await arrived(peer.client);
      await context.drive('vote', { hashes: blocks.slice(0, 1), final: true });
      const { timestamp, sequence, duration } = (await peer.next('vote')).message ?? {};
      expectSame(
        { timestamp, sequence, duration },
        { timestamp: FINAL, sequence: FINAL, duration: '15' },
        'vote',
      );
    },
  },
  {
    ref: 'nano §11.18',
    title: 'include_replays: a replayed vote arrives with its type',
    needs,
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'vote', {
        include_replays: 'true',
        include_indeterminate: 'false',
      });
      await peer.confirm('send');
      await context.drive('replay');
      expectThat((await types(peer)).includes('replay'), 'a vote of type replay');
    },
  },
  {
    ref: 'nano §6.2',
    title: 'options without include_replays hold replays back',
    needs,
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'vote', { include_indeterminate: 'true' });
      await peer.confirm('send');
      await context.drive('replay');
      expectThat(!(await types(peer)).includes('replay'), 'no vote of type replay');
    },
  },
  {
    ref: 'nano §9 D2',
    title: 'a plain subscription holds replays back',
    needs,
    compat: 'published',
    async run(context) {
      expectThat(!(await typesAfterReplay(context)).includes('replay'), 'no vote of type replay');
    },
  },
  {
    ref: 'nano §9 D2',
    title: 'a plain subscription receives votes of every type',
    needs,
    compat: 'node',
    async run(context) {
      expectThat((await typesAfterReplay(context)).includes('replay'), 'a vote of type replay');
    },
  },
  {
    ref: 'nano §11.19',
    title: 'representatives: passes their votes only',
    needs,
    async run(context) {
      const all = await NanoPeer.subscribed(context, 'vote');
      await all.confirm('send');
      const voters = (await votes(all)).map(({ message }) => message?.account);
      const [first] = voters;
      const some = await NanoPeer.subscribed(context, 'vote', { representatives: [first] });
      await some.confirm('send');
      const seen = (await votes(some)).map(({ message }) => message?.account);
      expectThat(seen.length > 0, 'votes of the representative');
      expectSame([...new Set(seen)], [first], 'who voted');
    },
  },
  {
    ref: 'nano §6.2',
    title: 'representatives: a list without a valid account is ignored',
    needs,
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'vote', { representatives: ['nano_2'] });
      await peer.confirm('send');
      await peer.next('vote');
    },
  },
  {
    ref: 'nano §4.4',
    title: 'unsubscribe ends the votes',
    needs,
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'vote');
      await peer.ask({ action: 'unsubscribe', topic: 'vote' });
      await peer.confirm('send');
      await expectSilence(peer.client, 'after the unsubscribe');
    },
  },
];

async function votes(peer: NanoPeer): Promise<NanoMessage[]> {
  const texts = await arrived(peer.client);
  return texts.map((text) => JSON.parse(text) as NanoMessage);
}

async function types(peer: NanoPeer): Promise<unknown[]> {
  return (await votes(peer)).map(({ message }) => message?.type);
}

async function typesAfterReplay(context: CheckContext): Promise<unknown[]> {
  const peer = await NanoPeer.subscribed(context, 'vote');
  await peer.confirm('send');
  await context.drive('replay');
  return types(peer);
}
