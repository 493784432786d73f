/** What the log says of filters that are not what their clients may think; the clients hear nothing of it (contract 3.3, 5.3). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SENDER } from './support/golden-events.js';
import { NanoApp, receivedBy } from './support/nano-app.js';

const NOTHING_PASSES = 'A block filter without an account: nothing passes';
const NO_BLOCK = 'A block filter with include_block off: nothing passes';

let app: NanoApp;
let lines: string[] = [];

beforeAll(async () => {
  app = await NanoApp.start();
  const ignore = (): void => undefined;
  Logger.overrideLogger({
    log: ignore,
    warn: ignore,
    error: (message: string) => lines.push(`error: ${message}`),
    debug: (message: string) => lines.push(message),
  });
});
afterAll(async () => {
  Logger.overrideLogger(false);
  await app.stop();
});
beforeEach(() => {
  lines = [];
});

const subscribe = (topic: string, options: object) => ({ action: 'subscribe', topic, options });
const update = (options: object) => ({ action: 'update', topic: 'confirmation', options });

/** What the log says of requests that are answered with nothing. */
async function logOf(...requests: readonly object[]): Promise<readonly string[]> {
  const client = await app.connected(...requests);
  expect(await receivedBy(client)).toEqual([]);
  return lines;
}

describe('nano §5.3 the log tells', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'invalid accounts in a block filter, once for a list',
      { accounts: ['xyz', SENDER, 'abc', 'xyz'] },
      ['Invalid account in a block filter: xyz, and 2 more'],
    ],
    [
      'a filter that ended up empty',
      { accounts: ['xyz'] },
      ['Invalid account in a block filter: xyz', NOTHING_PASSES],
    ],
    ['a filter of local accounts that is off', { all_local_accounts: 'false' }, [NOTHING_PASSES]],
    ['accounts without blocks', { accounts: [SENDER], include_block: false }, [NO_BLOCK]],
    ['options that switch no filter on', { include_block: false }, []],
    ['accounts that pass', { accounts: [SENDER] }, []],
    ['local accounts that pass', { all_local_accounts: true, accounts: [] }, []],
  ])('%s', async (_, options, expected) => {
    expect(await logOf(subscribe('confirmation', options))).toEqual(expected);
  });

  it('what an update leaves behind', async () => {
    const all = subscribe('confirmation', { confirmation_type: 'all' });
    expect(await logOf(all, update({ accounts_add: [SENDER, 'xyz'] }))).toEqual([
      'Invalid account in a block filter: xyz',
    ]);
    lines = [];
    expect(await logOf(all, update({ accounts_add: [SENDER], accounts_del: [SENDER] }))).toEqual([
      NOTHING_PASSES,
    ]);
    lines = [];
    const local = subscribe('confirmation', { all_local_accounts: true });
    expect(await logOf(local, update({ accounts_add: [] }))).toEqual([]);
  });

  it('invalid representatives in a vote filter, and when it is ignored', async () => {
    expect(await logOf(subscribe('vote', { representatives: ['xyz', SENDER] }))).toEqual([
      'Invalid account in a vote filter: xyz',
    ]);
    lines = [];
    expect(await logOf(subscribe('vote', { representatives: 'xyz' }))).toEqual([
      'A vote filter without a valid account: it is ignored',
    ]);
  });
});
