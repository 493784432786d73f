/** Users that may not do everything. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { RecordingFollower } from '@sluice/engine/testing';
import { readFile } from 'node:fs/promises';
import { event, texts, textsFrom } from './support/events.js';
import { eventually } from './support/eventually.js';
import { LogSite } from './support/log-site.js';

const WRITER = { connection: { user: 'writer', pass: 'w' } };
const GATEWAY = { connection: { user: 'gateway', pass: 'g' }, timeout: 1000 };

/** What a gateway publishes and subscribes to, as the README lists it. */
const NEEDED = [
  '$JS.API.STREAM.INFO.*',
  '$JS.API.STREAM.MSG.GET.*',
  '$JS.API.DIRECT.GET.*',
  '$JS.API.CONSUMER.CREATE.*.>',
  '$JS.API.CONSUMER.DELETE.*.*',
  '$JS.API.CONSUMER.MSG.NEXT.*.*',
];
const NEXT = '$JS.API.CONSUMER.MSG.NEXT.*.*';

let site: LogSite;
afterEach(() => site.end());

async function allowing(gateway: readonly string[], writer = ['>']): Promise<void> {
  const may = (subjects: readonly string[]): string =>
    `{ publish: ${JSON.stringify(subjects)}, subscribe: ["_INBOX.>"] }`;
  site = await LogSite.start({
    settings: [
      'authorization { users: [',
      `  { user: writer, password: w, permissions: ${may(writer)} }`,
      `  { user: gateway, password: g, permissions: ${may(gateway)} }`,
      '] }',
    ],
  });
}

describe('a gateway', () => {
  it('needs what the README says, and nothing else', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    for (const subject of NEEDED) expect(readme).toContain(`"${subject}"`);
    await allowing(NEEDED);
    const log = await site.store(WRITER).open('events', { epoch: 'e' });
    for (let id = 0; id < 100; id += 1) await log.append([event(id)]);
    const store = site.store(GATEWAY);
    const follower = await RecordingFollower.of(store);
    await log.append([event(100)]);
    await follower.reaches(100);
    expect(await textsFrom(follower.log, 0, { events: 7, bytes: 1000 })).toEqual(texts(0, 100));
    await follower.log.close();
    expect(store.status).toEqual({ state: 'connected' });
  });

  it.each(NEEDED.filter((subject) => !/GET|NEXT|DELETE/.test(subject)))(
    'that may not use %s is told, and its log has failed',
    async (denied) => {
      await allowing(NEEDED.filter((subject) => subject !== denied));
      await site.store(WRITER).open('events', { epoch: 'e' });
      const store = site.store(GATEWAY);
      const refused = { code: 'INVALID', details: { reason: 'permission' } };
      const told = RecordingFollower.of(store).then(
        async (follower) => {
          await follower.until(() => follower.lost !== undefined);
          return follower.lost;
        },
        (error: unknown) => error,
      );
      expect(await told).toMatchObject(refused);
      expect(store.status).toMatchObject({ state: 'failed', error: refused });
    },
  );

  it('that may not ask for messages is told so, and its log has failed', async () => {
    await allowing(NEEDED.filter((subject) => subject !== NEXT));
    const log = await site.store(WRITER).open('events', { epoch: 'e' });
    await log.append([event(0)]);
    const store = site.store(GATEWAY);
    const follower = await RecordingFollower.of(store);
    await follower.until(() => follower.lost !== undefined);
    const refused = { code: 'INVALID', details: { reason: 'permission' } };
    expect(follower.lost).toMatchObject(refused);
    expect(store.status).toMatchObject({ state: 'failed', error: refused });
    await expect(follower.log.read(0, { events: 1, bytes: 0 })).rejects.toMatchObject(refused);
  });
});

describe('a writer', () => {
  it('that may not use the API is told so', async () => {
    await allowing([], ['sluice-events']);
    const store = site.store({ ...WRITER, timeout: 1000 });
    await expect(store.open('events', { epoch: 'e' })).rejects.toMatchObject({
      code: 'INVALID',
      details: { reason: 'permission' },
    });
  });

  it('that may not use the subject of the stream is told so', async () => {
    await allowing([], ['$JS.API.>']);
    const store = site.store({ ...WRITER, timeout: 1000 });
    await expect(store.open('events', { epoch: 'e' })).rejects.toMatchObject({
      code: 'INVALID',
      details: { reason: 'permission' },
    });
  });
});

describe('an account without JetStream', () => {
  it('is told to who opens, and waited for by who follows', async () => {
    site = await LogSite.start({
      settings: ['accounts { A: { users: [{ user: gateway, password: g }] } }'],
    });
    const store = site.store(GATEWAY);
    const refused = { code: 'INVALID', details: { reason: 'no-jetstream' } };
    await expect(store.open('events', { epoch: 'e' })).rejects.toMatchObject(refused);
    const waiting = expect(RecordingFollower.of(store)).rejects.toMatchObject({ code: 'STATE' });
    await eventually(() => store.status.state === 'reconnecting');
    expect(store.status.error?.message).toMatch(/jetstream not enabled/i);
    await store.close();
    await waiting;
  });
});

describe('a user that the server does not know for a while', () => {
  it('waits, and goes on when it is known again', async () => {
    const known = (user: string) => [`authorization { user: ${user}, password: p }`];
    site = await LogSite.start({ settings: known('a') });
    const options = { connection: { user: 'a', pass: 'p' }, timeout: 1000, closeTimeout: 200 };
    const store = site.store(options);
    const log = await store.open('events', { epoch: 'e' });
    const follower = await RecordingFollower.of(site.store(options));
    await log.append([event(0)]);
    await site.server.halt();
    site.server.configure(known('b'));
    await site.server.resume();
    const stored = log.append([event(1)]);
    // More often than a client library would bear by itself.
    for (let refusals = 0; refusals < 3; refusals += 1) {
      const last = store.status.error;
      await eventually(
        () =>
          store.status.error !== last &&
          /authorization violation/i.test(store.status.error?.message ?? ''),
      );
    }
    expect(store.status.state).toBe('reconnecting');
    await site.server.halt();
    site.server.configure(known('a'));
    await site.server.resume();
    await stored;
    await follower.reaches(1);
    expect(store.status.state).toBe('connected');
  });
});
