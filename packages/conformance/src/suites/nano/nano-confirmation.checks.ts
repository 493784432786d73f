import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { expectSilence } from '../settled.js';
import { keyOf } from './account-text.js';
import { NanoPeer, newAccount, type NanoMessage } from './nano-peer.js';
import type { Parts } from './nano-shapes.js';

/** Options of a subscription, and what its messages then have. */
const PARTS: readonly {
  readonly ref: string;
  readonly title: string;
  readonly options: object;
  readonly parts: Parts;
}[] = [
  {
    ref: 'nano §11.10',
    title: 'include_block off: a confirmation without a block',
    options: { include_block: 'false' },
    parts: { block: false },
  },
  {
    ref: 'nano §11.8',
    title: 'include_election_info: the figures of the election, no votes',
    options: { include_election_info: 'true' },
    parts: { election: true },
  },
  {
    ref: 'nano §11.9',
    title: 'include_election_info_with_votes: the figures and the votes',
    options: { include_election_info_with_votes: true },
    parts: { election: true, votes: true },
  },
  {
    ref: 'nano §11.11',
    title: 'include_sideband_info: height and local timestamp',
    options: { include_sideband_info: 1, include_block: false },
    parts: { sideband: true, block: false },
  },
  {
    ref: 'nano §6.1.1',
    title: 'all parts at once',
    options: {
      include_election_info_with_votes: 'true',
      include_sideband_info: 'true',
      include_linked_account: 'true',
    },
    parts: { election: true, votes: true, sideband: true, linked: true },
  },
];

/** Contract 6.1.5: what a confirmation looks like. */
export const confirmationChecks: readonly ConformanceCheck[] = [
  {
    ref: 'nano §6.1.5',
    title: 'a confirmation has exactly its members, each a text',
    needs: ['activity'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation');
      await context.nudge('send');
      await context.activity('confirmation', (options) => peer.confirmation({}, options));
    },
  },
  ...PARTS.map(({ ref, title, options, parts }): ConformanceCheck => ({
    ref,
    title,
    needs: ['activity'],
    async run(context) {
      // In the published reading, options are only not empty if they name something of effect: these do.
      const peer = await NanoPeer.subscribed(context, 'confirmation', options);
      await context.nudge('send');
      await context.activity('confirmation', (wait) => peer.confirmation(parts, wait));
    },
  })),
  {
    ref: 'nano §11.7',
    title: 'the election of a block that won has a tally, a time and at least one block',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation', {
        confirmation_type: 'active_quorum',
        include_election_info_with_votes: 'true',
      });
      const hash = await peer.confirm('send');
      const { message } = await peer.confirmation({ election: true, votes: true });
      expectSame(message?.hash, hash, 'hash');
      const { tally, time, blocks, voters, votes } = message?.election_info ?? {};
      expectThat(Number(tally) > 0, 'a tally above 0', tally);
      expectThat(Number(time) > 0, 'a time above 0', time);
      expectThat(Number(blocks) >= 1, 'at least one block', blocks);
      const list = (Array.isArray(votes) ? votes : []) as readonly Readonly<
        Record<string, string>
      >[];
      expectSame(list.length, Number(voters), 'number of votes');
      expectSame([...new Set(list.map((vote) => vote.hash))], [hash], 'what the votes are for');
      const weights = list.map(({ weight }) => BigInt(weight ?? 0));
      const falls = weights.every(
        (weight, index) => index === 0 || weight <= (weights[index - 1] ?? 0n),
      );
      expectThat(falls, 'the heaviest vote first', list);
    },
  },
  {
    ref: 'nano §6.1.5',
    title: 'a block without an election has figures of 0 and no votes',
    needs: ['driver'],
    async run(context) {
      const options = { include_election_info_with_votes: 'true' };
      const peer = await NanoPeer.subscribed(context, 'confirmation', options);
      await peer.confirm('send', { confirmation: 'inactive' });
      const { message } = await peer.confirmation({ election: true, votes: true });
      expectSame(message?.confirmation_type, 'inactive', 'confirmation_type');
      const { time, ...figures } = message?.election_info ?? {};
      expectThat(Number(time) > 0, 'a time above 0', time);
      expectSame(
        figures,
        {
          duration: '0',
          tally: '0',
          final: '0',
          blocks: '0',
          voters: '0',
          request_count: '0',
          votes: '',
        },
        'election_info without its time',
      );
    },
  },
  {
    ref: 'nano §11.12',
    title: 'include_linked_account: the destination of a send',
    needs: ['driver'],
    async run(context) {
      const options = { include_linked_account: 'true' };
      const peer = await NanoPeer.subscribed(context, 'confirmation', options);
      const to = await newAccount(context);
      await peer.confirm('send', { to });
      const { message } = await peer.confirmation({ linked: true });
      expectSame(message?.block?.linked_account, to, 'linked_account');
      expectSame(message?.block?.subtype, 'send', 'subtype');
    },
  },
  {
    ref: 'nano §11.13',
    title: 'include_linked_account: the sender of what is received',
    needs: ['driver'],
    async run(context) {
      const options = { include_linked_account: 'true' };
      const peer = await NanoPeer.subscribed(context, 'confirmation', options);
      const account = await newAccount(context);
      const source = await peer.confirm('send', { to: account });
      const sent = await peer.confirmation({ linked: true });
      await peer.confirm('receive', { account, source });
      const { message } = await peer.confirmation({ linked: true });
      const { linked_account, subtype, link } = message?.block ?? {};
      expectSame(
        { linked_account, subtype, link },
        { linked_account: sent.message?.account, subtype: 'receive', link: source },
        'block',
      );
    },
  },
  {
    ref: 'nano §6.1.3',
    title: 'link_as_account is the link, shown as an account',
    needs: ['activity'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation');
      await context.nudge('send');
      const isState = ({ message }: NanoMessage): boolean => message?.block?.type === 'state';
      const taken = await context.activity('confirmation of a state block', (options) =>
        peer.client.untilJson<NanoMessage>(isState, options),
      );
      const { link, link_as_account = '' } = taken.at(-1)?.message?.block ?? {};
      expectSame(keyOf(link_as_account), link, 'key of link_as_account');
    },
  },
  {
    ref: 'nano §11.5',
    title: 'a plain subscription receives a legacy send, its balance in hex, without a subtype',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation');
      await peer.confirm('send', { legacy: true });
      const { message } = await peer.confirmation();
      expectSame(message?.block?.type, 'send', 'type');
    },
  },
  {
    ref: 'nano §11.6',
    title: 'sends nothing after an unsubscribe that was acknowledged',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation');
      const options = { accounts: [await newAccount(context)] };
      await peer.ask({ action: 'unsubscribe', topic: 'confirmation', options });
      await peer.confirm('send');
      await expectSilence(peer.client, 'after the unsubscribe');
    },
  },
  {
    ref: 'nano §6.1.5',
    title: 'a change of representative has amount 0 and a link of zeros',
    needs: ['driver'],
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation');
      await peer.confirm('change');
      const { message } = await peer.confirmation();
      const { subtype, link } = message?.block ?? {};
      expectSame(
        { amount: message?.amount, subtype, link },
        { amount: '0', subtype: 'change', link: '0'.repeat(64) },
        'confirmation',
      );
    },
  },
];
