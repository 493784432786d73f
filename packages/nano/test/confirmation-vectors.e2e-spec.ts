/** Golden confirmations, from the event to the wire, and the golden filter matrix. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NanoCompat } from '../src/index.js';
import { fixedClock } from './support/fixed-clock.js';
import { NanoApp, receivedBy } from './support/nano-app.js';
import { vectors, type TopicVectors, type WireNotification } from './support/vectors.js';
import { confirmedFrom } from './support/wire-events.js';

const TIME = 1_700_000_000_123;
const golden = vectors<TopicVectors>('confirmation');

/** A message without a block says nothing about the block that was confirmed: the same one with a block does. */
function eventOf({ message }: WireNotification) {
  const whole = golden.server.find(
    (other) => other.message.hash === message.hash && 'block' in other.message,
  );
  return confirmedFrom({ ...message, block: message.block ?? whole?.message.block });
}

/** The options that lead to a message with these parts. */
function optionsFor({ message }: WireNotification): object {
  const { election_info, block, sideband } = message as Record<string, object | undefined>;
  return {
    include_election_info: election_info !== undefined,
    include_election_info_with_votes: String('votes' in (election_info ?? {})),
    include_block: block !== undefined,
    include_sideband_info: sideband === undefined ? '0' : '1',
    include_linked_account: 'linked_account' in (block ?? {}),
  };
}

describe('golden confirmations', () => {
  let app: NanoApp;

  beforeEach(async () => {
    app = await NanoApp.start({ sluice: { clock: fixedClock(TIME) } });
  });
  afterEach(() => app.stop());

  const numbered = golden.server.map((vector, number) => ({ number, vector }));

  it.each(numbered)('$number, $vector.message.hash', async ({ number, vector }) => {
    const options = optionsFor(vector);
    const client = await app.connected({ action: 'subscribe', topic: 'confirmation', options });
    await app.bus.publish('block.confirmed', eventOf(vector));
    const sent = await client.nextJson<WireNotification>();
    const expected = { ...vector, time: String(TIME) };
    // The guide's own sample is older than `final`.
    if (number === 0) expect(sent).toMatchObject(expected);
    else expect(sent).toEqual(expected);
    if (number > 0) expect(memberNames(sent)).toEqual(memberNames(vector));
  });
});

describe.each<NanoCompat>(['published', 'node'])('golden filters, compat %s', (compat) => {
  interface FilterVectors {
    readonly events: Readonly<Record<string, WireNotification>>;
    readonly cases: readonly {
      readonly name: string;
      readonly options: object | null;
      readonly then?: readonly object[];
      readonly local_accounts?: readonly string[];
      readonly deliver: readonly string[];
    }[];
  }
  const { events, cases } = vectors<FilterVectors>('confirmation_filters');

  it.each(cases)('$name', async ({ options, then = [], local_accounts: wallets, deliver }) => {
    const app = await NanoApp.start({
      nano: { compat, ...(wallets && { wallets }) },
      sluice: { clock: fixedClock(TIME) },
    });
    const client = await app.connected(
      { action: 'subscribe', topic: 'confirmation', ...(options && { options }) },
      ...then,
    );
    for (const event of Object.values(events)) {
      await app.bus.publish('block.confirmed', confirmedFrom(event.message));
    }
    const expected = deliver.map((name) => ({ ...events[name], time: String(TIME) }));
    expect(await receivedBy(client)).toEqual(expected);
    await app.stop();
  });
});

/** Names of all members in order, nested ones after their parent's. */
function memberNames(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => [name, ...memberNames(child)]);
}
