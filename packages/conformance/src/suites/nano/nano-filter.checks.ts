import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectThat } from '../../judging/expect.js';
import { expectSilence } from '../settled.js';
import { NanoPeer, newAccount, type NanoMessage } from './nano-peer.js';

/** The accounts of the guide's samples: none of them is valid, as there is no digit 2. */
const INVALID = `nano_${'2'.repeat(60)}`;

const needs = ['driver'] as const;

/** Contract 4.3 and 6.1.1 to 6.1.4: which confirmations a subscription lets pass. */
export const filterChecks: readonly ConformanceCheck[] = [
  {
    ref: 'nano §6.1.3',
    title: 'accounts: passes blocks from and to them, and no others',
    needs,
    async run(context) {
      const [mine, other] = [await newAccount(context), await newAccount(context)];
      const peer = await NanoPeer.subscribed(context, 'confirmation', { accounts: [mine] });
      const source = await passesOnly(peer, { to: mine }, { to: other });
      await peer.confirm('receive', { account: mine, source });
      expectSame((await peer.confirmation()).message?.account, mine, 'account that received');
      await peer.confirm('send', { from: mine, to: other, amount: '1' });
      expectSame((await peer.confirmation()).message?.account, mine, 'account that sent');
    },
  },
  {
    ref: 'nano §6.1.1',
    title: 'accounts: reads xrb_ and a dash, and the values of an object',
    needs,
    async run(context) {
      const [mine, other] = [await newAccount(context), await newAccount(context)];
      const digits = mine.slice('nano_'.length);
      for (const accounts of [[`xrb_${digits}`], [`nano-${digits}`], { any: mine }]) {
        const peer = await NanoPeer.subscribed(context, 'confirmation', { accounts });
        await passesOnly(peer, { to: mine }, { to: other });
      }
    },
  },
  {
    ref: 'nano §6.1.1',
    title: 'accounts: a list without a valid account passes nothing, as does an empty text',
    needs,
    async run(context) {
      for (const accounts of [[INVALID], [], '', null]) {
        const peer = await NanoPeer.subscribed(context, 'confirmation', { accounts });
        await peer.confirm('send');
        await expectSilence(peer.client, `with accounts ${JSON.stringify(accounts)}`);
      }
    },
  },
  {
    ref: 'nano §6.1.3',
    title: 'accounts without blocks pass nothing',
    needs,
    async run(context) {
      const mine = await newAccount(context);
      const options = { accounts: [mine], include_block: 'false' };
      const peer = await NanoPeer.subscribed(context, 'confirmation', options);
      await peer.confirm('send', { to: mine });
      await expectSilence(peer.client, 'with include_block off');
    },
  },
  {
    ref: 'nano §6.1.3',
    title: 'accounts: legacy blocks never pass',
    needs,
    async run(context) {
      const mine = await newAccount(context);
      const peer = await NanoPeer.subscribed(context, 'confirmation', { accounts: [mine] });
      await peer.confirm('send', { to: mine, legacy: true });
      await expectSilence(peer.client, 'after a legacy block');
    },
  },
  {
    ref: 'nano §6.1.2',
    title: 'confirmation_type: passes the types selected, in any letter case',
    needs,
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation', {
        confirmation_type: 'INACTIVE',
      });
      await passesOnly(peer, { confirmation: 'inactive' }, {});
      await peer.ask(subscribe({ confirmation_type: 'active' }));
      await passesOnly(peer, {}, { confirmation: 'inactive' });
      const height = 'active_confirmation_height';
      await passesOnly(peer, { confirmation: height }, { confirmation: 'inactive' });
      await peer.ask(subscribe({ confirmation_type: 'active_quorum' }));
      await passesOnly(peer, {}, { confirmation: height });
    },
  },
  {
    ref: 'nano §6.1.1',
    title: 'confirmation_type: any other text means all',
    needs,
    async run(context) {
      const options = { confirmation_type: 'anything' };
      const peer = await NanoPeer.subscribed(context, 'confirmation', options);
      const hash = await peer.confirm('send', { confirmation: 'inactive' });
      expectSame((await peer.confirmation()).message?.hash, hash, 'hash');
    },
  },
  {
    ref: 'nano §9 D1',
    title: 'empty options pass nothing until an update adds accounts',
    needs,
    compat: 'published',
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation', {});
      await peer.confirm('send');
      await expectSilence(peer.client, 'with empty options');
    },
  },
  {
    ref: 'nano §9 D1',
    title: 'empty options pass everything',
    needs,
    compat: 'node',
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation', {});
      const hash = await peer.confirm('send');
      expectSame((await peer.confirmation()).message?.hash, hash, 'hash');
    },
  },
  {
    ref: 'nano §11.16',
    title: 'an account added by an update passes, one removed no longer does',
    needs,
    async run(context) {
      const [mine, other] = [await newAccount(context), await newAccount(context)];
      const peer = await NanoPeer.subscribed(context, 'confirmation', {});
      await peer.ask(update({ accounts_add: [mine] }));
      await passesOnly(peer, { to: mine }, { to: other });
      await peer.ask(update({ accounts_add: [other, mine], accounts_del: [mine] }));
      await passesOnly(peer, { to: other }, { to: mine });
    },
  },
  {
    ref: 'nano §6.1.4',
    title: 'an update changes nothing but the accounts',
    needs,
    async run(context) {
      const mine = await newAccount(context);
      const options = { include_sideband_info: true, accounts: [mine] };
      const peer = await NanoPeer.subscribed(context, 'confirmation', options);
      await peer.ask(
        update({ accounts_add: '', include_sideband_info: false, include_block: false }),
      );
      await peer.confirm('send', { to: mine });
      await peer.confirmation({ sideband: true });
    },
  },
  {
    ref: 'nano §4.3',
    title: 'a new subscribe replaces the options wholesale, and there is never a second message',
    needs,
    async run(context) {
      const mine = await newAccount(context);
      const options = { accounts: [mine], include_sideband_info: 'true' };
      const peer = await NanoPeer.subscribed(context, 'confirmation', options);
      await peer.ask({ action: 'subscribe', topic: 'confirmation' });
      const hash = await peer.confirm('send');
      expectSame((await peer.confirmation()).message?.hash, hash, 'hash');
      await expectSilence(peer.client, 'after the only message of a block');
    },
  },
  {
    ref: 'nano §5.1',
    title: 'builds each message from its own connection’s options',
    needs,
    async run(context) {
      const plain = await NanoPeer.subscribed(context, 'confirmation');
      const bare = await NanoPeer.subscribed(context, 'confirmation', { include_block: '0' });
      await plain.confirm('send');
      await plain.confirmation();
      await bare.confirmation({ block: false });
    },
  },
  {
    ref: 'nano §5.2',
    title: 'does not hold back a block that is confirmed once more',
    needs,
    async run(context) {
      const peer = await NanoPeer.subscribed(context, 'confirmation');
      const hash = await peer.confirm('send');
      await context.drive('confirm', { hash });
      const hashes = [await peer.confirmation(), await peer.confirmation()];
      expectSame(
        hashes.map(({ message }) => message?.hash),
        [hash, hash],
        'hashes',
      );
    },
  },
];

const subscribe = (options: object) => ({ action: 'subscribe', topic: 'confirmation', options });
const update = (options: object) => ({ action: 'update', topic: 'confirmation', options });

/** A send that does not pass, then one that does. @returns the hash of the one that passes. */
async function passesOnly(peer: NanoPeer, passing: object, held: object): Promise<string> {
  const kept = await peer.confirm('send', held);
  const hash = await peer.confirm('send', passing);
  const taken = await peer.client.untilJson<NanoMessage>(({ message }) => message?.hash === hash);
  const hashes = taken.map(({ message }) => message?.hash);
  expectThat(!hashes.includes(kept), `no confirmation of ${kept}`, taken);
  return hash;
}
