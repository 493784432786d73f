import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { ClientPool, Transcript } from '@sluice/testing';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliRun } from './support/cli-run.js';
import { eventFrame } from './support/event-frames.js';
import { ScriptedServers } from './support/scripted-server.js';

describe('transcripts', () => {
  const servers = new ScriptedServers();
  const clients = new ClientPool();
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-cli-'));
    file = join(folder, 'talk.jsonl');
  });
  afterEach(async () => {
    await clients.closeAll();
    await servers.stopAll();
    await rm(folder, { recursive: true });
  });

  /** Greets with the number of the connection, and answers each message with its place and text. */
  const echo = (greeting: (nth: number) => object = (nth) => ({ hello: nth })) =>
    servers.start((socket, nth) => {
      socket.send(JSON.stringify(greeting(nth)));
      let seen = 0;
      socket.on('message', (data: Buffer) => {
        socket.send(
          JSON.stringify({ seen: ++seen, text: data.toString(), big: 0 }).replace(
            '"big":0',
            '"big":9007199254740993',
          ),
        );
      });
    });

  const record = (url: string, ...args: readonly string[]) =>
    CliRun.of(['record', url, file, '--raw', ...args]);

  const said = async () =>
    (await Transcript.load(file)).entries.map(({ dir, data }) => [dir, String(data)]);

  describe('sluice record', () => {
    it('writes down both sides', async () => {
      const { url } = await echo();
      const { code, stderr } = await record(url, '--send', 'one', '--send', 'two', '--count', '3');
      expect([code, stderr]).toEqual([0, '# 2 messages sent, 3 received\n']);
      expect(await said()).toEqual([
        ['out', 'one'],
        ['out', 'two'],
        ['in', '{"hello":0}'],
        ['in', '{"seen":1,"text":"one","big":9007199254740993}'],
        ['in', '{"seen":2,"text":"two","big":9007199254740993}'],
      ]);
    });

    it('opens and acknowledges as the dialect has it', async () => {
      const server = await servers.start((socket) => {
        socket.once('message', () => {
          for (const id of [0, 1, 2]) socket.send(eventFrame(id, 9));
        });
      });
      const args = ['record', `${server.url}/v1a/event_ws`, file, '--window', '2', '--count', '3'];
      expect((await CliRun.of(args)).code).toBe(0);
      expect((await said()).map(([dir]) => dir)).toEqual(['out', 'in', 'in', 'out', 'in']);
    });

    it('sends the lines of standard input', async () => {
      const { url } = await echo();
      const args = ['record', url, file, '--raw', '--stdin', '--count', '3'];
      expect((await CliRun.of(args, { stdin: 'one\ntwo\n' })).code).toBe(0);
      expect((await said()).filter(([dir]) => dir === 'out')).toEqual([
        ['out', 'one'],
        ['out', 'two'],
      ]);
    });

    it('writes to standard output, and has everything there when it is interrupted', async () => {
      const { url } = await echo();
      const run = new CliRun(['record', url, '-', '--raw']);
      await run.printed(1);
      expect(await run.interrupt()).toBe(130);
      expect(Transcript.parse(run.stdout.text).entries).toMatchObject([{ data: '{"hello":0}' }]);
    });

    it('ends with the connection', async () => {
      const { url } = await servers.start((socket) => {
        socket.close(1012, 'later');
      });
      const { code, stderr } = await record(url);
      expect([code, stderr]).toEqual([
        0,
        '# 0 messages sent, 0 received; the server ended it (1012 later)\n',
      ]);
    });

    it('fails if the file cannot be written, before anything is sent', async () => {
      const { code, stderr } = await CliRun.of([
        'record',
        'localhost:5000',
        join(folder, 'no', 'file'),
      ]);
      expect([code, stderr]).toEqual([1, expect.stringContaining('cannot write')]);
    });

    it.each([
      [['--raw', '--dialect', 'nano'], '--raw speaks no --dialect'],
      [['--dialect', 'nano', '--asset', 'x'], '--asset is of no use with nano'],
      [[], 'the URL does not tell the protocol'],
    ])('refuses %j', async (args, message) => {
      const { code, stderr } = await CliRun.of(['record', 'ws://127.0.0.1:1/', file, ...args]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    });
  });

  describe('sluice replay to a server', () => {
    it('finds nothing where the server answers as it did', async () => {
      const { url } = await echo(() => ({ hello: 'always', time: Date.now() }));
      await record(url, '--send', 'one', '--count', '2');
      const { code, stderr } = await CliRun.of(['replay', file, url, '--ignore', 'time,at']);
      expect([code, stderr]).toEqual([0, '# 2 messages received, as recorded\n']);
    });

    it('shows every message that differs', async () => {
      const { url } = await echo();
      await record(url, '--send', 'one', '--count', '2');
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace('9007199254740993', '9007199254740994'));
      const { code, stdout, stderr } = await CliRun.of(['replay', file, url]);
      expect(code).toBe(1);
      expect(stdout).toBe(
        'message 0 (in; 2 expected, 2 there) differs at $.hello: expected 0, got 1\n' +
          'message 1 (in; 2 expected, 2 there) differs at $.big: expected 9007199254740994, got 9007199254740993\n',
      );
      expect(stderr).toBe('# 2 messages received, 2 differ\n');
    });

    it('waits for the server only so long', async () => {
      const clock = new ManualClock();
      await record((await echo()).url, '--count', '1');
      const silent = await servers.start((socket) => {
        socket.ping();
        socket.on('pong', () => {
          clock.advance(300);
        });
      });
      const args = ['replay', file, silent.url, '--patience', '300ms'];
      const { code, stdout } = await CliRun.of(args, { clock });
      expect([code, stdout]).toEqual([
        1,
        expect.stringContaining('expected {"hello":0}, got nothing'),
      ]);
    });

    it('names the faulty line of a file', async () => {
      await writeFile(file, '{"at":1,"dir":"in"}\n');
      const { code, stderr } = await CliRun.of(['replay', file, 'ws://127.0.0.1:1']);
      expect([code, stderr]).toEqual([1, expect.stringContaining('transcript line 1: "text" or')]);
    });

    it('needs a URL or a port', async () => {
      await writeFile(file, '');
      expect((await CliRun.of(['replay', file])).code).toBe(2);
      expect((await CliRun.of(['replay', file, 'ws://x', '--serve', '0'])).code).toBe(2);
    });
  });

  describe('sluice replay --serve', () => {
    const serve = async (...args: readonly string[]) => {
      const run = new CliRun(['replay', file, '--serve', '0', ...args]);
      await run.told('any path');
      const url = /ws:\S+:\d+/.exec(run.stderr.text)?.[0] ?? '';
      return { run, url };
    };

    it('is the server of the recording, for any number of clients', async () => {
      await record((await echo()).url, '--send', 'one', '--count', '2');
      const { run, url } = await serve('--count', '2');
      for (let at = 0; at < 2; at++) {
        const client = await clients.connect(`${url}/any`);
        client.send('one');
        expect(await client.next()).toBe('{"hello":0}');
        expect(await client.next()).toContain('"big":9007199254740993');
        await client.close();
      }
      expect(await run.ended).toBe(0);
      expect(run.stderr.text).toContain('# 2 clients served, 0 differed\n');
    });

    it('tells what a client says otherwise', async () => {
      await record((await echo()).url, '--send', 'one', '--count', '2');
      const { run, url } = await serve('--count', '1');
      const client = await clients.connect(url);
      client.send('other');
      await client.take(2);
      await client.close();
      expect(await run.ended).toBe(1);
      expect(run.stdout.text).toContain('$: expected "one", got "other"');
    });

    it('keeps the pauses of the recording with --timed', async () => {
      const clock = new ManualClock();
      const lines = [1000, 1500].map((at) => JSON.stringify({ at, dir: 'in', text: String(at) }));
      await writeFile(file, lines.join('\n'));
      const run = new CliRun(['replay', file, '--serve', '0', '--timed'], { clock });
      await run.told('any path');
      const client = await clients.connect(/ws:\S+:\d+/.exec(run.stderr.text)?.[0] ?? '');
      expect(await client.next()).toBe('1000');
      await client.expectSilence();
      clock.advance(500);
      expect(await client.next()).toBe('1500');
      expect(await run.interrupt()).toBe(130);
      expect((await client.closed()).code).toBe(1001);
    });

    it('fails if the port is taken', async () => {
      await writeFile(file, '');
      const { url } = await echo();
      const { code, stderr } = await CliRun.of(['replay', file, '--serve', new URL(url).port]);
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining('cannot listen: listen EADDRINUSE'),
      ]);
    });
  });
});
