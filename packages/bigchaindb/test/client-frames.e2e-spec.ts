/** What clients may send, how they leave, and what slow ones cost (contract 5 and 10). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SessionRegistry } from '@sluice/nestjs';
import { closeFrame, frame, RawClient, type RawFrame } from '@sluice/testing';
import { block, createFrame, vector } from './support/blocks.js';
import { TestNode } from './support/test-node.js';

interface ClientFrame {
  readonly opcode: 'text' | 'binary' | 'ping' | 'pong' | 'close' | number;
  readonly payload?: string;
  readonly payload_hex?: string;
  readonly code?: number | null;
  readonly reason?: string;
  readonly invalid_utf8?: boolean;
  readonly size_bytes?: number;
}

interface ClientCase {
  readonly client: ClientFrame;
  readonly server: 'nothing' | { readonly opcode: string; readonly payload?: string };
}

let node: TestNode;

beforeEach(async () => {
  node = await TestNode.start();
});

afterEach(() => node.stop());

function bytesOf({ opcode, payload, payload_hex, code, reason, ...odd }: ClientFrame): Buffer {
  if (opcode === 'close') return code === null ? frame({ opcode }) : closeFrame(code ?? 0, reason);
  if (odd.invalid_utf8 === true) return frame({ payload: Buffer.of(0xc3, 0x28) });
  if (odd.size_bytes !== undefined) return frame({ payload: Buffer.alloc(odd.size_bytes, 0x61) });
  const content = payload_hex === undefined ? (payload ?? '') : Buffer.from(payload_hex, 'hex');
  return frame({ opcode, payload: content });
}

describe('A client of the stream', () => {
  const { cases } = vector<{ cases: readonly ClientCase[] }>('client-frames');

  it.each(cases)('that sends $client gets $server', async ({ client: sent, server }) => {
    await using client = await RawClient.connect(node.url());
    client.write(bytesOf(sent));
    if (server === 'nothing') {
      client.write(frame({ opcode: 'ping', payload: 'barrier' }));
      expect(await client.nextFrame()).toMatchObject({ kind: 'pong' });
      return;
    }
    const { opcode, payload, ...rest } = server;
    const answer: RawFrame = await client.nextFrame();
    expect(answer).toMatchObject({ kind: opcode, ...rest });
    if (payload !== undefined) expect(answer).toMatchObject({ bytes: Buffer.from(payload) });
  });

  it('bigchaindb §15.20 may say anything and gets its frames', async () => {
    const client = await node.connect();
    for (const said of ['{"subscribe":"x"}', 'ping', 'POISON_PILL', Buffer.of(1, 2)]) {
      client.send(said);
    }
    client.send(Buffer.alloc(4 * 1024 * 1024));
    await client.expectSilence();
    await node.commit(block(1, 1));
    expect(await client.next()).toBe(createFrame(1, 1));
  });

  it('bigchaindb §5 may send 4 MiB in frames of 1 KiB', async () => {
    await using client = await RawClient.connect(node.url());
    const payload = Buffer.alloc(1024);
    client.write(frame({ opcode: 'binary', fin: false, payload }));
    const middle = frame({ opcode: 'continuation', fin: false, payload });
    client.write(Buffer.concat(Array.from({ length: 4094 }, () => middle)));
    client.write(frame({ opcode: 'continuation', payload }));
    client.write(frame({ opcode: 'ping', payload: 'still here' }));
    expect(await client.nextFrame()).toMatchObject({ kind: 'pong' });
  });

  it('bigchaindb §15.21 gets a pong with the payload of its ping', async () => {
    await using client = await RawClient.connect(node.url());
    client.write(frame({ opcode: 'ping', payload: 'abc' }));
    expect(await client.nextFrame()).toMatchObject({ kind: 'pong', bytes: Buffer.from('abc') });
  });

  it('bigchaindb §15.22 gets a Close frame when it leaves, and others are not affected', async () => {
    const [leaving, staying] = [await node.connect(), await node.connect()];
    expect(await leaving.close(4001, 'bye')).toMatchObject({ code: 1000, reason: '' });
    await node.commit(block(1, 1));
    expect(await staying.next()).toBe(createFrame(1, 1));
  });

  it('that vanishes without a word costs the others nothing', async () => {
    const vanishing = await RawClient.connect(node.url());
    const staying = await node.connect();
    vanishing.reset();
    for (let height = 1; height <= 50; height++) await node.commit(block(height, height));
    const frames = Array.from({ length: 50 }, (_, n) => createFrame(n + 1, n + 1));
    expect(await staying.take(50)).toEqual(frames);
  });

  it('bigchaindb §10 is one of any number, also from one address', async () => {
    const clients = await Promise.all(Array.from({ length: 150 }, () => node.connect()));
    await node.commit(block(1, 1));
    for (const client of clients) expect(await client.next()).toBe(createFrame(1, 1));
  });

  it('is told 1001 at shutdown', async () => {
    const client = await node.connect();
    await node.app.close();
    expect(await client.closed()).toMatchObject({ code: 1001 });
  });
});

describe('A client that does not read', () => {
  it('is cut when more waits for it than it may, and the others miss nothing', async () => {
    const strict = await TestNode.start({ limits: { outboundBytes: 256 * 1024 } });
    try {
      const registry = strict.app.get(SessionRegistry);
      await using slow = await RawClient.connect(strict.url());
      slow.stall();
      await using fast = await RawClient.connect(strict.url());
      let height = 0;
      while (registry.connections === 2 && height < 2000) {
        height++;
        await strict.commit(block(height, ...Array.from({ length: 100 }, (_, n) => n)));
        for (let n = 0; n < 100; n++) {
          expect(await fast.nextFrame()).toMatchObject({ text: createFrame(height, n) });
        }
      }
      expect(registry.connections).toBe(1);
      slow.resume();
      expect(await slow.ended()).toMatch(/reset|fin/);
    } finally {
      await strict.stop();
    }
  });
});
