/** What one connection sends: frames, some valid, some changed in structure, in their bytes, or as frames. */
import fc from 'fast-check';
import { closeFrame, fragments, frame } from '../faults/frame.js';
import { mutatedJson } from './json-mutation.js';
import { textOf, treeOf } from './json-tree.js';

/** How a connection ends once everything is sent. */
const ENDINGS = ['close', 'finish', 'reset', 'reset-at-once'] as const;
export type Ending = (typeof ENDINGS)[number];

/** One connection. */
export interface WireInput {
  /** Bytes, each piece a write of its own. */
  readonly writes: readonly Buffer[];
  readonly ending: Ending;
}

const MOST_MESSAGES = 24;

/**
 * Connections of clients that are wrong, or hostile.
 *
 * @param examples valid messages of a dialect, from which most of the others are made.
 */
export function wireInputs(examples: readonly unknown[]): fc.Arbitrary<WireInput> {
  const documents = fc.constantFrom(...examples.map(treeOf));
  const texts = fc.oneof(
    { weight: 4, arbitrary: documents.map(textOf) },
    { weight: 6, arbitrary: mutatedJson(documents, documents) },
  );
  const payloads = fc.oneof(
    { weight: 9, arbitrary: texts.map((text) => Buffer.from(text)) },
    { weight: 2, arbitrary: damaged(texts.map((text) => Buffer.from(text))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
  );
  const messages = fc.oneof(
    { weight: 20, arbitrary: payloads.map((payload) => [frame({ payload })]) },
    { weight: 2, arbitrary: payloads.map((payload) => [frame({ payload, opcode: 'binary' })]) },
    { weight: 3, arbitrary: fc.tuple(payloads, fc.integer({ min: 1, max: 64 })).map(cut) },
    { weight: 1, arbitrary: brokenFrames(payloads).map((bytes) => [bytes]) },
  );
  return fc.record({
    writes: fc.array(messages, { maxLength: MOST_MESSAGES }).map((all) => all.flat()),
    ending: fc.constantFrom(...ENDINGS),
  });
}

/** Bytes with some of them changed, left out, or put in twice. */
export function damaged(all: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  const damage = fc.tuple(
    fc.constantFrom('flip', 'cut', 'twice', 'insert', 'remove'),
    fc.nat({ max: 2 ** 16 }),
    fc.nat({ max: 255 }),
  );
  return fc.tuple(all, fc.array(damage, { minLength: 1, maxLength: 4 })).map(([bytes, damages]) =>
    damages.reduce<Buffer>((damagedBytes, [kind, where, value]) => {
      const at = where % (damagedBytes.length + 1);
      const [head, tail] = [damagedBytes.subarray(0, at), damagedBytes.subarray(at)];
      switch (kind) {
        case 'flip':
          return Buffer.concat([
            head,
            tail.map((byte, i) => (i === 0 ? byte ^ (1 << (value % 8)) : byte)),
          ]);
        case 'cut':
          return head;
        case 'twice':
          return Buffer.concat([head, damagedBytes]);
        case 'remove':
          return Buffer.concat([head, tail.subarray(1 + (value % 8))]);
        default:
          return Buffer.concat([head, Buffer.of(value), tail]);
      }
    }, bytes),
  );
}

/** At most so many parts that the limit of fragments is not what is tried here. */
function cut([payload, parts]: [Buffer, number]): readonly Buffer[] {
  return fragments(payload, Math.max(1, Math.ceil(payload.length / parts)));
}

function brokenFrames(payloads: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  return fc.oneof(
    fc
      .record({
        opcode: fc.nat({ max: 15 }),
        fin: fc.boolean(),
        rsv: fc.constantFrom(0, 0, 0, 1, 2, 4),
        masked: fc.constantFrom(true, true, true, false),
        payload: payloads,
      })
      .map(frame),
    fc
      .tuple(payloads, fc.constantFrom(0, 1, 125, 126, 65_535, 65_536, 2 ** 31, 2 ** 40))
      .map(([payload, announcedLength]) => frame({ payload, announcedLength })),
    fc
      .tuple(fc.integer({ min: 0, max: 65_535 }), fc.constantFrom('', 'bye', 'x'.repeat(123)))
      .map(([code, reason]) => closeFrame(code, reason)),
    damaged(payloads.map((payload) => frame({ payload }))),
  );
}
