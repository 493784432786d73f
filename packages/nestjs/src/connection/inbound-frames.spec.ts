import { describe, expect, it } from '@jest/globals';
import { closeFrame as clientClose, fragments, frame } from '@sluice/testing';
import fc from 'fast-check';
import { InboundFrames, type InboundRules } from './inbound-frames.js';

/** What reaches `ws`, and the codes that are answered past it, for bytes that come in pieces of the given size. */
function passed(bytes: Buffer, rules: InboundRules, pieceBytes = bytes.length) {
  const forwarded: Buffer[] = [];
  const answered: number[] = [];
  const frames = new InboundFrames(rules, {
    forward: (piece) => forwarded.push(Buffer.from(piece)),
    answerClose: (code) => answered.push(code),
  });
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    frames.push(Buffer.from(bytes.subarray(at, at + pieceBytes)));
  }
  return { forwarded: Buffer.concat(forwarded), answered };
}

const ping = frame({ opcode: 'ping', payload: 'abc' });
const discards: InboundRules = { discards: true };
const messages = fc.array(
  fc.oneof(
    fc.record({
      text: fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }),
      parts: fc.integer({ min: 1, max: 4 }),
    }),
    fc.constant('ping' as const),
  ),
  { maxLength: 12 },
);

function encode(sent: typeof messages extends fc.Arbitrary<infer T> ? T : never): Buffer {
  return Buffer.concat(
    sent.flatMap((part) =>
      part === 'ping'
        ? [ping]
        : part.text === ''
          ? [frame({ payload: '' })]
          : fragments(part.text, part.parts),
    ),
  );
}

describe('inbound frames', () => {
  it('of messages nobody wants, only control frames pass, however the bytes are cut', () => {
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 40 }), (sent, pieceBytes) => {
        const pings = sent.filter((part) => part === 'ping').map(() => ping);
        const { forwarded } = passed(encode(sent), discards, pieceBytes);
        expect(forwarded).toEqual(Buffer.concat(pings));
      }),
    );
  });

  it('pass unchanged where messages are wanted', () => {
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 40 }), (sent, pieceBytes) => {
        const bytes = encode(sent);
        const rules = { discards: false, closeCodes: () => true };
        expect(passed(bytes, rules, pieceBytes).forwarded).toEqual(bytes);
      }),
    );
  });

  it('of the largest size there is cost nothing but their length', () => {
    const announced = frame({ opcode: 'binary', announcedLength: 2 ** 52, payload: 'x' });
    expect(passed(announced, discards).forwarded).toHaveLength(0);
  });

  it.each([
    ['bad UTF-8', frame({ payload: Buffer.of(0xc3, 0x28) }), 0x88],
    ['UTF-8 that ends too early', frame({ payload: Buffer.of(0xe2, 0x82) }), 0x88],
    ['a continuation of nothing', frame({ opcode: 'continuation' }), 0x83],
    ['a message inside a message', Buffer.concat([frame({ fin: false }), frame({})]), 0x83],
    ['a frame without a mask', frame({ masked: false }), 0x83],
    ['a reserved bit', frame({ rsv: 4 }), 0x83],
    ['a fragmented ping', frame({ opcode: 'ping', fin: false }), 0x83],
    ['a long ping', frame({ opcode: 'ping', payload: 'x'.repeat(126) }), 0x83],
    ['a Close of one byte', frame({ opcode: 'close', payload: 'x' }), 0x83],
    ['a reserved bit in a header that goes no further', Buffer.of(0xc1, 0x80), 0x83],
    ['a length of 2^63', Buffer.of(0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0), 0x82],
  ])('with %s end in what ws answers, and nothing after them passes', (_, bytes, firstByte) => {
    const { forwarded } = passed(Buffer.concat([bytes, ping]), discards, 3);
    expect(forwarded[0]).toBe(firstByte);
    expect(forwarded.includes(ping.subarray(0, 2))).toBe(false);
  });

  it('that close have the codes of the rules', () => {
    const rules = { discards: true, closeCodes: (code: number) => code !== 1012 };
    const [bye, empty] = [clientClose(1000, 'bye'), clientClose()];
    expect(passed(bye, rules)).toEqual({ forwarded: bye, answered: [] });
    expect(passed(empty, rules)).toEqual({ forwarded: empty, answered: [] });
    expect(passed(clientClose(1012), rules).forwarded[0]).toBe(0x83);
    expect(passed(clientClose(1500), rules)).toMatchObject({ answered: [1500] });
    expect(passed(clientClose(1500), { discards: true }).forwarded[0]).toBe(0x83);
  });
});
