import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { ClientPool } from '../client/client-pool.js';
import { compareTranscripts } from './compare.js';
import { dropMembers } from './normalisers.js';
import { replay } from './replay.js';
import { Transcript } from './transcript.js';

describe('Transcript', () => {
  const clients = new ClientPool();
  let directory: string;
  let server: WebSocketServer;
  let url: string;
  let connections: number;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'transcript-'));
    connections = 0;
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      connections++;
      socket.send(JSON.stringify({ hello: connections }));
      let seen = 0;
      socket.on('message', (data: Buffer, binary) => {
        socket.send(binary ? data : JSON.stringify({ seen: ++seen, text: data.toString() }));
      });
    });
    await once(server, 'listening');
    url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterEach(async () => {
    await clients.closeAll();
    await new Promise((resolve) => server.close(resolve));
    await rm(directory, { recursive: true });
  });

  async function conversation(): Promise<Transcript> {
    const client = await clients.connect(url);
    const transcript = Transcript.record(client);
    await client.next();
    client.send('one');
    await client.next();
    client.send(Buffer.of(0, 255));
    await client.nextBinary();
    return transcript;
  }

  it('records both directions in order, what has already arrived included', async () => {
    const client = await clients.connect(url);
    await client.ping();
    const transcript = Transcript.record(client);
    client.send('one');
    await client.take(2);
    expect(transcript.entries.map(({ dir, data }) => [dir, data])).toEqual([
      ['in', '{"hello":1}'],
      ['out', 'one'],
      ['in', '{"seen":1,"text":"one"}'],
    ]);
  });

  it('survives a file unchanged, one line per message', async () => {
    const path = join(directory, 'talk.jsonl');
    const transcript = await conversation();
    await transcript.save(path);
    expect((await Transcript.load(path)).entries).toEqual(transcript.entries);
    const [first, , , fourth] = (await readFile(path, 'utf8')).split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ dir: 'in', text: '{"hello":1}' });
    expect(JSON.parse(fourth ?? '')).toMatchObject({ dir: 'out', base64: 'AP8=' });
  });

  it.each([
    ['{"at":1,"dir":"in"}', 'transcript line 2: "text" or "base64" must be a string'],
    ['{"at":1,"dir":"up","text":""}', 'transcript line 2: "dir" must be "in" or "out"'],
    ['{"dir":"in","text":""}', 'transcript line 2: "at" must be a number'],
    ['{', 'transcript line 2: '],
  ])('names the faulty line %s', (line, message) => {
    expect(() => Transcript.parse(`\n${line}\n`)).toThrow(message);
  });

  it('is replayed against a server and compared with what it answers', async () => {
    const recording = await conversation();
    const again = await replay(recording, await clients.connect(url));
    expect(compareTranscripts(recording, again)?.message).toContain('$.hello: expected 1, got 2');
    const normalise = [dropMembers('hello')];
    expect(compareTranscripts(recording, again, { normalise })).toBeUndefined();
    expect(compareTranscripts(recording, again, { dir: 'out' })).toBeUndefined();
  });

  it('fails when a server says less than in the recording', async () => {
    const greedy = new Transcript([
      { at: 0, dir: 'in', data: '' },
      { at: 0, dir: 'in', data: '' },
    ]);
    const run = replay(greedy, await clients.connect(url), { timeoutMs: 5 });
    await expect(run).rejects.toThrow('waited for a message: nothing came within 5 ms');
  });
});
