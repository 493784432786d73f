/** Whoever discards messages must not be told from `ws` by what clients see of it: Pongs, and how the connection ends. */
import { expect, it } from '@jest/globals';
import { closeFrame, frame, type FrameOptions } from '@sluice/testing';
import fc from 'fast-check';
import type { EventEmitter } from 'node:events';
import * as ws from 'ws';
import { InboundFrames } from './inbound-frames.js';

/** `ws` exports its parser, but its types leave it out. */
const { Receiver } = ws as unknown as {
  readonly Receiver: new (options: object) => EventEmitter & { write(bytes: Buffer): boolean };
};

/** What a server does about bytes: what it answers, and the code with which it ends. */
async function seen(chunks: readonly Buffer[], discards: boolean): Promise<readonly string[]> {
  const log: string[] = [];
  const receiver = new Receiver({ isServer: true });
  receiver.on('ping', (payload: Buffer) => log.push(`ping ${payload.toString('hex')}`));
  receiver.on('pong', (payload: Buffer) => log.push(`pong ${payload.toString('hex')}`));
  receiver.on('conclude', (code: number) => log.push(`close ${String(code)}`));
  receiver.on('error', (error: Error) => {
    const [code] = Object.getOwnPropertySymbols(error);
    log.push(`error ${String(code && Reflect.get(error, code))}`);
  });
  const target = {
    forward: (bytes: Buffer) => void receiver.write(bytes),
    answerClose: () => undefined,
  };
  const frames = new InboundFrames({ discards: true }, target);
  for (const chunk of chunks) {
    if (discards) frames.push(Buffer.from(chunk));
    else receiver.write(Buffer.from(chunk));
  }
  await new Promise(setImmediate);
  return log;
}

const payload = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 140, size: 'max' }),
  fc.constantFrom('x'.repeat(126), 'ä'.repeat(40_000)),
);

/** Mostly sound frames in any order, of which many orders are none. */
const sent = fc.oneof(
  { weight: 6, arbitrary: fc.record<FrameOptions>({ payload, fin: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record<FrameOptions>({
      opcode: fc.constantFrom('continuation', 'binary'),
      payload,
      fin: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record<FrameOptions>({
      opcode: fc.constantFrom('ping', 'pong'),
      payload: fc.string({ maxLength: 60, size: 'max' }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record<FrameOptions>({
      opcode: fc.integer({ min: 0, max: 15 }),
      payload,
      fin: fc.boolean(),
      rsv: fc.constantFrom(0, 0, 0, 1, 4),
      masked: fc.constantFrom(true, true, true, false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<FrameOptions>(
      { announcedLength: 2 ** 60 },
      { opcode: 'ping', announcedLength: 2 ** 40 },
    ),
  },
  // Whole, because who discards need not wait for the end of a message to find this.
  { weight: 1, arbitrary: fc.constant<FrameOptions>({ payload: Buffer.of(0x61, 0xc3, 0x28) }) },
);

const closing = fc
  .record({
    code: fc.integer({ min: 0, max: 5100 }),
    reason: fc.string({ maxLength: 60, size: 'max' }),
  })
  .map(({ code, reason }) => closeFrame(code, reason));

const stream = fc
  .record({
    frames: fc.array(sent, { maxLength: 12 }),
    last: fc.option(closing),
    cut: fc.nat({ max: 12 }),
  })
  .map(({ frames, last, cut }) => {
    const bytes = Buffer.concat([
      ...frames.map((one) => frame(one)),
      ...(last === null ? [] : [last]),
    ]);
    return bytes.subarray(0, Math.max(0, bytes.length - cut));
  });

function cutUp(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = sizes[chunks.length % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

it('frames of messages nobody wants bring what ws would have done, however they are cut', async () => {
  const sizes = fc.array(
    fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70_000 })),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  await fc.assert(
    fc.asyncProperty(stream, sizes, async (bytes, pieces) => {
      const expected = await seen([bytes], false);
      expect(await seen(cutUp(bytes, pieces), true)).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});
