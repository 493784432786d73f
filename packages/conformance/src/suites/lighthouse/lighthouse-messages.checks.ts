import type { ConformanceCheck } from '../../check.js';
import { expectThat } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import { arrived } from '../settled.js';
import { awaitEvent, isEvent, readEvent } from './beacon-message.js';
import type { BeaconEvent } from './beacon-shapes.js';

/** A kind of message, and what brings it about. */
interface MessageKind {
  readonly ref: string;
  readonly title: string;
  readonly event: BeaconEvent;
  readonly action: string;
  readonly body?: object;
  readonly needs?: ConformanceCheck['needs'];
  readonly compat?: ConformanceCheck['compat'];
}

const KINDS: readonly MessageKind[] = [
  {
    ref: 'lighthouse §16.19',
    title: 'beacon_head_changed has exactly its members',
    event: 'beacon_head_changed',
    action: 'slot',
  },
  {
    ref: 'lighthouse §16.20',
    title: 'beacon_block_imported has block_root, then the block with exactly its members',
    event: 'beacon_block_imported',
    action: 'slot',
  },
  {
    ref: 'lighthouse §9.1',
    title: 'a block with operations of every kind has exactly their members',
    event: 'beacon_block_imported',
    action: 'slot',
    body: { operations: true, attestations: 3 },
    needs: ['driver'],
  },
  {
    ref: 'lighthouse §16.21',
    title: 'a block without operations has five empty lists',
    event: 'beacon_block_imported',
    action: 'slot',
    body: { attestations: 0 },
    needs: ['driver'],
  },
  {
    ref: 'lighthouse §16.19',
    title: 'beacon_finalization has exactly its members, the epoch in the number style',
    event: 'beacon_finalization',
    action: 'finalise',
  },
  {
    ref: 'lighthouse §16.22',
    title: 'beacon_block_rejected has reason and block, and no block_root',
    event: 'beacon_block_rejected',
    action: 'reject',
    needs: ['driver'],
  },
  {
    ref: 'lighthouse §9.2',
    title: 'beacon_attestation_imported has an attestation with exactly its members',
    event: 'beacon_attestation_imported',
    action: 'attest',
    needs: ['driver'],
    compat: 'published',
  },
  {
    ref: 'lighthouse §9.2',
    title: 'beacon_attestation_rejected has reason and attestation',
    event: 'beacon_attestation_rejected',
    action: 'reject',
    body: { what: 'attestation' },
    needs: ['driver'],
    compat: 'published',
  },
];

/** Contract 6 to 9, and 11: what each message looks like. */
export const messageChecks: readonly ConformanceCheck[] = [
  ...KINDS.map(({ event, action, body, ref, title, needs = ['activity'], compat }) => ({
    ref,
    title,
    needs,
    ...(compat !== undefined && { compat }),
    async run(context: Parameters<ConformanceCheck['run']>[0]) {
      const client = await context.connect();
      await client.ping();
      readEvent(context, await awaitEvent(context, client, event, action, body));
    },
  })),
  {
    ref: 'lighthouse §1',
    title: 'sends no attestation events',
    needs: ['driver'],
    compat: 'node',
    async run(context) {
      const client = await context.connect();
      await client.ping();
      await context.drive('attest');
      await context.drive('reject', { what: 'attestation' });
      const seen = (await arrived(client)).filter((message) => message.includes('attestation_'));
      expectThat(seen.length === 0, 'no attestation event', seen);
    },
  },
  {
    ref: 'lighthouse §11',
    title: 'begins the reason of a refused block with Invalid block or Internal error',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      for (const why of ['already-known', 'future-slot', 'parent-unknown']) {
        await client.ping();
        const text = await awaitEvent(context, client, 'beacon_block_rejected', 'reject', { why });
        const { reason = '' } = readEvent(context, text).data;
        const fits = /^(?:Invalid block|Internal error): ./.test(reason);
        expectThat(
          fits,
          'a reason that begins with "Invalid block: " or "Internal error: "',
          reason,
        );
      }
    },
  },
  {
    ref: 'lighthouse §7',
    title: 'keeps every digit of integers up to 2^64-1',
    needs: ['driver'],
    async run(context) {
      const client = await context.connect();
      await client.ping();
      await context.drive('reject', { why: 'invalid-exit' });
      const isRejected = isEvent('beacon_block_rejected');
      const message = (await client.until(isRejected)).at(-1) ?? '';
      readEvent(context, message);
      if (!message.includes('"epoch":')) throw new SkipCheck('the driver’s block has no exit');
      expectThat(
        /"epoch":"?18446744073709551615"?[,}]/.test(message),
        'the exit’s epoch 18446744073709551615',
        message,
      );
    },
  },
];
