/** The beacon event socket of the built sample, with the flags of a Lighthouse node (contract 2 and 16). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ClientPool } from '@sluice/testing';
import { createServer, type AddressInfo } from 'node:net';
import { SamplePool } from './support/sample-pool.js';
import { runSample, type SampleProcess } from './support/sample-process.js';

interface Frame {
  readonly event: string;
  readonly data: {
    readonly block_root?: string;
    readonly block?: { readonly message: { readonly slot: number; readonly parent_root: string } };
    readonly epoch?: number;
    readonly reorg?: boolean;
    readonly reason?: string;
    readonly current_head_beacon_block_root?: string;
    readonly previous_head_beacon_block_root?: string;
  };
}

interface Status {
  readonly slot: number;
  readonly head: { readonly root: string; readonly slot: number };
  readonly finalized: { readonly epoch: number };
  readonly events: number;
  readonly pace_ms: number;
  readonly paused: boolean;
}

describe('Lighthouse on the sample', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();

  afterEach(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  const start = (...args: string[]): Promise<SampleProcess> =>
    samples.start(['--only', 'lighthouse', '--log', 'memory', ...args]);

  const urlsOf = (sample: SampleProcess): { ws: string; control: string } =>
    sample.printed.lighthouse as { ws: string; control: string };

  async function post(sample: SampleProcess, action: string, body: object = {}) {
    const response = await fetch(`${urlsOf(sample).control}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Status };
  }

  async function following(...args: string[]) {
    const sample = await start(...args);
    const client = await clients.connect(urlsOf(sample).ws);
    const next = (count: number): Promise<readonly Frame[]> => client.takeJson(count);
    const control = async (action: string, body?: object): Promise<Status> => {
      const answer = await post(sample, action, body);
      expect(answer).toMatchObject({ status: 200 });
      return answer.body;
    };
    return { sample, client, next, control };
  }

  it('lighthouse §16.3 --ws-port 0 takes a free port on 127.0.0.1 and reports it', async () => {
    const sample = await start('--ws-port', '0');
    expect(urlsOf(sample).ws).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
    await (await clients.connect(`${urlsOf(sample).ws}/any/path?x=1`)).close();
  });

  it('lighthouse §16.2 --no-ws mounts no socket, --ws does no harm, and node builds need it', async () => {
    const [off, on, node, told] = await Promise.all([
      samples.start(['--no-ws', '--log', 'memory']),
      samples.start(['--ws', '--log', 'memory']),
      samples.start(['--compat', 'node', '--log', 'memory']),
      samples.start(['--compat', 'node', '--ws', '--log', 'memory']),
    ]);
    expect(off.printed).not.toHaveProperty('lighthouse');
    expect(on.printed).toHaveProperty('lighthouse');
    expect(node.printed).not.toHaveProperty('lighthouse');
    expect(told.printed).toHaveProperty('lighthouse');
  });

  it.each([
    ['lighthouse §16.4', ['--ws-address', 'localhost'], 'ws-address is not a valid IPv4 address.'],
    ['lighthouse §16.5', ['--ws-port', '70000'], 'ws-port is not a valid u16.'],
  ])('%s %j stops the start in the words of the node', async (_, args, message) => {
    const end = await runSample(args);
    expect(end).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
  });

  it('lighthouse §16.6 a port in use fails the start', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const taken = await runSample([
      ...['--only', 'lighthouse', '--log', 'memory', '--hathor-port', '0'],
      ...['--ws-port', String(port)],
    ]);
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining('EADDRINUSE') });
    await new Promise((resolve) => other.close(resolve));
  });

  it('lighthouse §16.11 §16.17 §16.20 says nothing at first, then what a slot brings', async () => {
    const { client, next, control } = await following();
    await client.expectSilence();
    const { head } = await control('slot');
    const [imported, changed] = await next(2);
    expect(imported).toMatchObject({
      event: 'beacon_block_imported',
      data: { block_root: head.root, block: { message: { slot: head.slot } } },
    });
    expect(changed).toMatchObject({
      event: 'beacon_head_changed',
      data: {
        reorg: false,
        current_head_beacon_block_root: head.root,
        previous_head_beacon_block_root: imported?.data.block?.message.parent_root,
      },
    });
  });

  it('lighthouse §16.23 finality goes between import and head', async () => {
    const { next, control } = await following();
    const { finalized } = await control('finalise');
    const frames = await next(3);
    expect(frames.map(({ event }) => event)).toEqual([
      'beacon_block_imported',
      'beacon_finalization',
      'beacon_head_changed',
    ]);
    expect(frames[1]?.data.epoch).toBe(finalized.epoch);
  });

  it('lighthouse §16.24 §16.18 batches, empty slots, late blocks, reorgs', async () => {
    const { next, control, client } = await following();
    // Far from the end of an epoch.
    await control('finalise');
    await next(3);
    await control('batch', { blocks: 3 });
    const events = (await next(4)).map(({ event }) => event);
    expect(events).toEqual([
      ...Array<string>(3).fill('beacon_block_imported'),
      'beacon_head_changed',
    ]);
    const before = await control('slot', { empty: true, slots: 2 });
    await client.expectSilence();
    const after = await control('reorg', { depth: 2 });
    expect(after.slot).toBe(before.slot + 1);
    expect((await next(2))[1]?.data).toMatchObject({
      reorg: true,
      current_head_beacon_block_root: after.head.root,
      previous_head_beacon_block_root: before.head.root,
    });
    await control('slot', { parent: before.head.root, votes: 0 });
    expect((await next(1))[0]?.event).toBe('beacon_block_imported');
    await client.expectSilence();
  });

  it('lighthouse §16.22 attestations, rejections and events by hand', async () => {
    const { client, next, control, sample } = await following();
    await control('attest', { index: 3 });
    await control('reject');
    await control('reject', { what: 'attestation', why: 'unknown-head' });
    expect((await next(3)).map(({ event }) => event)).toEqual([
      'beacon_attestation_imported',
      'beacon_block_rejected',
      'beacon_attestation_rejected',
    ]);
    await control('reject', { why: 'invalid-exit' });
    expect(await client.next()).toContain(
      '"epoch":18446744073709551615,"validator_index":9007199254740993',
    );
    const root = `0x${'ab'.repeat(32)}`;
    const data = { epoch: '18446744073709551615', root };
    await control('event', { type: 'beacon.finalization', data });
    expect(await client.next()).toBe(
      `{"event":"beacon_finalization","data":{"epoch":18446744073709551615,"root":"${root}"}}`,
    );
    for (const [action, body, status] of [
      ['event', { type: 'beacon.finalization', data: { epoch: 1, root: '0x' } }, 400],
      ['event', { type: 'beacon.nothing', data: {} }, 400],
      ['reject', { why: 'boredom' }, 400],
      ['reorg', { depth: 0 }, 400],
      ['reorg', { depth: 999 }, 409],
    ] as const) {
      expect(await post(sample, action, body)).toMatchObject({ status });
    }
    await client.expectSilence();
  });

  it('--compat node writes as the last nodes did', async () => {
    const { client, control } = await following('--compat', 'node', '--ws');
    await control('attest');
    await control('slot');
    expect(await client.next()).toMatch(/"message":\{"slot":"\d+","proposer_index":"\d+"/);
  });

  it('lighthouse §16.12 §16.15 a paced chain goes on for everybody, whatever clients say', async () => {
    const { sample, client, next, control } = await following('--pace', '20ms');
    const other = await clients.connect(urlsOf(sample).ws);
    client.send('{"subscribe":');
    const [first] = await next(1);
    const text = await other.until((message) => message.includes(String(first?.event)));
    expect(text.length).toBeGreaterThan(0);
    await next(100);
    expect(await control('pause')).toMatchObject({ paused: true });
    expect(await control('pace', { pace: '1m' })).toMatchObject({ pace_ms: 60_000 });
    expect(await post(sample, 'pace', { pace: 'soon' })).toMatchObject({ status: 400 });
    expect(await control('resume')).toMatchObject({ paused: false });
  });

  it('--seed decides the chain', async () => {
    const heads = await Promise.all(
      ['5', '5', '6'].map(async (seed) => {
        const sample = await start('--seed', seed);
        return (await post(sample, 'step')).body.head.root;
      }),
    );
    expect(heads[1]).toBe(heads[0]);
    expect(heads[2]).not.toBe(heads[0]);
  });

  it('lighthouse §5 a hundred clients have room, the next one is cut', async () => {
    const { sample, client, control } = await following();
    const others = await clients.connectMany(99, urlsOf(sample).ws);
    await expect(clients.connect(urlsOf(sample).ws)).rejects.toThrow();
    await control('slot');
    const text = await client.next();
    for (const other of others) expect(await other.next()).toBe(text);
  });

  it('lighthouse §16.25 at its end every client gets 1001 "Shutting down."', async () => {
    const { sample, client } = await following();
    const end = sample.stop();
    expect(await client.closed()).toEqual({ code: 1001, reason: 'Shutting down.', clean: true });
    expect(await end).toMatchObject({ signal: 'SIGTERM' });
  });
});
