/** Blocks as bytes, and their proof of work (contract 3.7 and 3.8), as far as a template's block needs it. */
import { sha256 } from './base58.js';

/** A block without its nonce, read. */
export interface BlockParts {
  readonly signalBits: number;
  readonly version: number;
  readonly outputs: readonly { readonly value: bigint; readonly script: string }[];
  readonly weight: number;
  readonly timestamp: number;
  readonly parents: readonly string[];
  readonly data: string;
  /** Length of the part up to and including the outputs. */
  readonly fundsLength: number;
}

const NONCE_BYTES = 16;

/** Reads a template's `data`. @throws RangeError if it is too short. */
export function readBlock(bytes: Buffer): BlockParts {
  let at = 3;
  const outputs: { value: bigint; script: string }[] = [];
  for (let left = bytes.readUInt8(2); left > 0; left--) {
    const isLong = bytes.readInt8(at) < 0;
    const value = isLong ? -bytes.readBigInt64BE(at) : BigInt(bytes.readUInt32BE(at));
    at += isLong ? 8 : 4;
    const length = bytes.readUInt16BE(at + 1);
    at += 3;
    outputs.push({ value, script: bytes.toString('hex', at, at + length) });
    at += length;
  }
  const fundsLength = at;
  const weight = bytes.readDoubleBE(at);
  const timestamp = bytes.readUInt32BE(at + 8);
  const parents: string[] = [];
  at += 13;
  for (let left = bytes.readUInt8(at - 1); left > 0; left--, at += 32) {
    parents.push(bytes.toString('hex', at, at + 32));
  }
  const end = at + 1 + bytes.readUInt8(at);
  if (end !== bytes.length)
    throw new RangeError(`the block has ${bytes.length - end} bytes too many`);
  return {
    signalBits: bytes.readUInt8(0),
    version: bytes.readUInt8(1),
    outputs,
    weight,
    timestamp,
    parents,
    data: bytes.toString('hex', at + 1, end),
    fundsLength,
  };
}

/** A block with a nonce. */
export interface MinedBlock {
  readonly hexdata: string;
  readonly id: string;
}

/**
 * Looks for a nonce.
 * @param valid whether the block's id is to be below the target of its weight, or not.
 * @param tries how many nonces at most.
 * @returns nothing if there is none among them.
 */
export function mineBlock(bytes: Buffer, valid: boolean, tries: number): MinedBlock | undefined {
  const { fundsLength, weight } = readBlock(bytes);
  const target = targetOf(weight);
  const head = Buffer.concat([
    sha256(bytes.subarray(0, fundsLength)),
    sha256(bytes.subarray(fundsLength)),
  ]);
  const nonce = Buffer.alloc(NONCE_BYTES);
  for (let count = 0; count < tries; count++) {
    nonce.writeUInt32BE(count, NONCE_BYTES - 4);
    const id = sha256(sha256(Buffer.concat([head, nonce])))
      .reverse()
      .toString('hex');
    if (BigInt(`0x${id}`) < target !== valid) continue;
    return { hexdata: Buffer.concat([bytes, nonce]).toString('hex'), id };
  }
  return undefined;
}

/** trunc(2^(256 - weight) - 1) in double precision, integer and fractional part of the exponent apart. */
function targetOf(weight: number): bigint {
  const exponent = 256 - weight;
  const whole = Math.floor(exponent);
  const fraction = 2 ** (exponent - whole);
  return BigInt(Math.trunc(fraction * 2 ** whole - 1));
}
