import { expect, it } from '@jest/globals';
import { fakeSession } from '@sluice/engine/testing';
import fc from 'fast-check';
import { confirmationBench, optionsOf } from '../../test/support/confirmation-bench.js';
import { ModelSubscription } from '../../test/support/subscription-model.js';
import type { BlockConfirmed, NanoCompat } from '../index.js';
import { encodeAccount } from '../wire/index.js';

const SESSIONS = 4;
const keys = [0, 1, 2, 3, 4].map((n) => new Uint8Array(32).fill(n));
const accounts = keys.map((key) => encodeAccount(key));
const LOCAL = new Set([accounts[1] ?? '', accounts[2] ?? '']);

/** The server's own parts, with its sessions numbered. */
function setUp(compat: NanoCompat) {
  const { subscriptions, hub } = confirmationBench({ compat, wallets: [...LOCAL] });
  const opened = Array.from({ length: SESSIONS }, () => fakeSession({ topics: hub }));
  return { subscriptions, hub, opened };
}

const account = fc.constantFrom(...accounts, ...accounts.map((a) => a.replace('nano', 'xrb')), 'x');
const list = fc.array(account, { maxLength: 4 });
const flag = fc.constantFrom(true, false, 'true', '0', 'maybe');
const written = fc.option(
  fc.record(
    {
      confirmation_type: fc.constantFrom('all', 'Active', 'active_quorum', 'INACTIVE', 'other'),
      all_local_accounts: flag,
      accounts: list,
      include_block: flag,
    },
    { requiredKeys: [] },
  ),
  { nil: undefined, freq: 6 },
);
const changeOf = fc.option(
  fc.record({ accounts_add: list, accounts_del: list }, { requiredKeys: [] }),
  {
    nil: undefined,
    freq: 8,
  },
);
const session = fc.nat({ max: SESSIONS - 1 });
const key = fc.constantFrom(...keys);
const confirmed = fc
  .record({
    account: key,
    link: key,
    legacy: fc.boolean(),
    type: fc.constantFrom(
      'active_quorum' as const,
      'active_confirmation_height' as const,
      'inactive' as const,
      'unknown' as const,
    ),
  })
  .map(({ account: owner, link, legacy, type }): BlockConfirmed => {
    const proof = { signature: '00'.repeat(64), work: 0n };
    const facts = { account: owner, amount: 1n, hash: link, confirmationType: type };
    const previous = keys[0] ?? new Uint8Array(32);
    return legacy
      ? { ...facts, block: { type: 'send', previous, destination: link, balance: 1n, ...proof } }
      : {
          ...facts,
          subtype: 'send',
          block: {
            type: 'state',
            account: owner,
            previous,
            representative: owner,
            balance: 1n,
            link,
            ...proof,
          },
        };
  });
const step = fc.oneof(
  fc.record({ does: fc.constant('subscribe' as const), session, options: written }),
  fc.record({ does: fc.constant('update' as const), session, options: changeOf }),
  fc.record({ does: fc.constant('unsubscribe' as const), session }),
  { arbitrary: fc.record({ does: fc.constant('event' as const), event: confirmed }), weight: 4 },
);

it.each<NanoCompat>(['published', 'node'])(
  'the index finds whom the options name, for any sequence of requests and events, compat %s',
  async (compat) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const { subscriptions, hub, opened } = setUp(compat);
        const connections = opened.map((fake) => ({
          ...fake,
          model: new ModelSubscription(compat, LOCAL),
        }));
        for (const action of steps) {
          if (action.does === 'event') {
            hub.publish('confirmation', action.event);
            const received = opened.map(({ socket, clock }) => {
              clock.turn();
              return socket.messages.splice(0).length;
            });
            expect(received).toEqual(
              connections.map(({ model }) => Number(model.receives(action.event))),
            );
            continue;
          }
          const one = connections[action.session];
          if (one === undefined) continue;
          if (action.does === 'subscribe') {
            one.model.subscribe(action.options);
            await subscriptions.subscribe(one.session, optionsOf(action.options), () => undefined);
          } else if (action.does === 'update') {
            const succeeds = one.model.update(action.options);
            let succeeded = false;
            await subscriptions.update(one.session, optionsOf(action.options), () => {
              succeeded = true;
            });
            expect(succeeded).toBe(succeeds);
          } else {
            one.model.unsubscribe();
            one.session.unsubscribe('confirmation');
          }
        }
        for (const { session: last } of opened) last.close();
        expect(hub.census('confirmation')).toEqual({ subscriptions: 0, keys: 0, variants: 0 });
      }),
      { numRuns: 300 },
    );
  },
);
