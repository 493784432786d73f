import { expectCompact, expectShape, readJson } from '../../judging/expect.js';
import { integer, object, oneOf, text } from '../../judging/shape.js';

/** A message of the stream, as far as checks look into it. */
export interface BasaltMessage {
  readonly type: 'current_block' | 'new_block';
  readonly block: BasaltBlock;
}

/** A block of the stream. */
export interface BasaltBlock {
  readonly number: number | bigint;
  readonly hash: string;
  readonly parentHash: string;
}

const HASH = text(/^0x[0-9a-f]{64}$/, '0x and 64 lower-case hex digits');
const PROPOSER = text(/^0x[0-9a-f]{40}$/, '0x and 40 lower-case hex digits');
const INT_64 = 2n ** 63n;

/** Members of a block, in the order of the wire (contract 5). */
export const BLOCK = {
  number: integer(),
  hash: HASH,
  parentHash: HASH,
  stateRoot: HASH,
  timestamp: integer(-INT_64, INT_64 - 1n),
  proposer: PROPOSER,
  gasUsed: integer(),
  gasLimit: integer(),
  transactionCount: integer(0n, 2n ** 31n - 1n),
};

const MESSAGE = object(
  { type: oneOf('new_block', 'current_block'), block: object(BLOCK, { ordered: true }) },
  { ordered: true },
);

/** Reads a message. @throws Mismatch unless it has exactly the members of contract 5, in their order, as compact JSON. */
export function readMessage(message: string): BasaltMessage {
  const parsed = readJson<BasaltMessage>(message);
  expectShape(parsed, MESSAGE, 'message');
  expectCompact(message);
  return parsed;
}

/** Whether a text is an announcement. */
export function isNewBlock(message: string): boolean {
  return message.startsWith('{"type":"new_block"');
}
