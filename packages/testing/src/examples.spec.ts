import { ManualClock } from '@sluice/engine/testing';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  ClientPool,
  closeFrame,
  compareTranscripts,
  dropMembers,
  FaultProxy,
  fragments,
  frame,
  RawClient,
  replay,
  TestClient,
  Transcript,
} from './index.js';
import { wireInputs } from './hostile/index.js';

const clock = new ManualClock();
let server: WebSocketServer;
let url: string;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'examples-'));
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/ws' });
  server.on('connection', serve);
  await once(server, 'listening');
  url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/ws`;
});

afterEach(async () => {
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

/** Counts for whoever subscribes, and answers everything else with its own words. */
function serve(socket: WebSocket): void {
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text !== '{"type":"subscribe"}') {
      socket.send(text);
      return;
    }
    for (let id = 0; id < 3; id++) socket.send(JSON.stringify({ id, time: Date.now() }));
  });
  socket.on('error', () => undefined);
}

const clients = new ClientPool();
afterEach(() => clients.closeAll());

it('delivers to whoever subscribes, and then is silent', async () => {
  const client = await clients.connect(url);
  client.send({ type: 'subscribe' });
  expect(await client.takeJson(3)).toMatchObject([{ id: 0 }, { id: 1 }, { id: 2 }]);
  await client.expectSilence();
  expect(await client.close()).toMatchObject({ code: 1005, clean: true });
});

it('says nothing for a minute', async () => {
  const client = await clients.connect(url);
  const silence = client.expectSilence({ quietMs: 60_000, clock });
  clock.advance(60_000);
  await silence;
});

it('refuses an unknown path', async () => {
  const refused = await TestClient.refused(url.replace('/ws', '/nowhere'));
  expect(refused.status).toBe(400);
});

it('puts a message together that came in parts', async () => {
  await using client = await RawClient.connect(url);
  for (const part of fragments('long text', 4)) {
    client.write(part);
    client.write(frame({ opcode: 'ping' }));
  }
  expect(await client.nextFrame()).toMatchObject({ kind: 'pong' });
  client.write(closeFrame(1000));
});

it('closes on invalid UTF-8', async () => {
  await using client = await RawClient.connect(url);
  client.write(frame({ payload: Buffer.of(0xc3, 0x28) }));
  expect(await client.nextFrame()).toMatchObject({ kind: 'close', code: 1007 });
});

it('serves others whatever a client sends', async () => {
  const inputs = wireInputs([{ type: 'subscribe' }, { type: 'ack', id: 3 }]);
  const property = fc.asyncProperty(inputs, async ({ writes }) => {
    await using hostile = await RawClient.connect(url);
    for (const bytes of writes) hostile.write(bytes);
    await using other = await TestClient.connect(url);
    await other.ping();
  });
  await fc.assert(property, { numRuns: 20 });
});

it('survives a reset in the middle of a frame', async () => {
  await using proxy = await FaultProxy.start(url);
  const client = await clients.connect(proxy.url);
  proxy.reset({ afterBytes: 20 });
  client.send({ type: 'subscribe' });
  expect(await client.closed()).toMatchObject({ code: 1006 });
});

it('answers as it did when it was recorded', async () => {
  const first = await clients.connect(url);
  const recording = Transcript.record(first);
  first.send({ type: 'subscribe' });
  await first.take(3);
  await recording.save(join(directory, 'subscribe.jsonl'));

  const expected = await Transcript.load(join(directory, 'subscribe.jsonl'));
  const actual = await replay(expected, await clients.connect(url));
  const difference = compareTranscripts(expected, actual, { normalise: [dropMembers('time')] });
  expect(difference?.message).toBeUndefined();
});

it('is what the README shows', async () => {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const source = plain(await readFile(join(import.meta.dirname, 'examples.spec.ts'), 'utf8'));
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => plain(code));
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(source).toContain(example);
});
