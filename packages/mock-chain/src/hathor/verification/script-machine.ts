/** Runs the scripts that spend outputs: the opcodes of P2PKH, MultiSig and small scripts of one's own (contract 5). */
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes } from '@noble/curves/utils.js';
import { MAX_MULTISIG_KEYS, MAX_MULTISIG_SIGNATURES } from '../network/chain-parameters.js';
import {
  OP_1,
  OP_16,
  OP_CHECKMULTISIG,
  OP_CHECKSIG,
  OP_DUP,
  OP_EQUAL,
  OP_EQUALVERIFY,
  OP_GREATERTHAN_TIMESTAMP,
  OP_HASH160,
  OP_PUSHDATA1,
} from './opcodes.js';
import { isSignedBy } from './signature.js';

/** What a script can see of the transaction that spends. */
export interface ScriptContext {
  /** The bytes that the signatures sign. */
  readonly sighash: Uint8Array;
  /** Unix seconds. */
  readonly timestamp: number;
}

const TRUE = Uint8Array.of(1);
const FALSE = Uint8Array.of(0);

/** MultiSig spends by the redeem script that the input data ends with. */
const MULTISIG = { size: 23, head: [OP_HASH160, 20], tail: OP_EQUAL } as const;

/** Whether the input data satisfies the output's script. */
export function canSpend(
  inputData: Uint8Array,
  outputScript: Uint8Array,
  context: ScriptContext,
): boolean {
  try {
    const stack = run(outputScript, run(inputData, [], context), context);
    if (!isTrue(stack)) return false;
    if (!isMultisig(outputScript)) return true;
    const pushed = run(inputData, [], context);
    const redeemScript = pop(pushed);
    return isTrue(run(redeemScript, pushed, context));
  } catch (error) {
    if (error instanceof ScriptFailure) return false;
    throw error;
  }
}

class ScriptFailure extends Error {}

function run(script: Uint8Array, stack: Uint8Array[], context: ScriptContext): Uint8Array[] {
  for (let at = 0; at < script.length;) {
    const opcode = script[at++] ?? 0;
    if (opcode <= OP_PUSHDATA1) {
      const length = opcode === OP_PUSHDATA1 ? (script[at++] ?? 0) : opcode;
      verify(at + length <= script.length);
      stack.push(script.subarray(at, (at += length)));
    } else {
      execute(opcode, stack, context);
    }
  }
  return stack;
}

function execute(opcode: number, stack: Uint8Array[], context: ScriptContext): void {
  switch (opcode) {
    case OP_DUP: {
      const top = pop(stack);
      stack.push(top, top);
      return;
    }
    case OP_HASH160:
      stack.push(ripemd160(sha256(pop(stack))));
      return;
    case OP_EQUAL:
      stack.push(equalBytes(pop(stack), pop(stack)) ? TRUE : FALSE);
      return;
    case OP_EQUALVERIFY:
      verify(equalBytes(pop(stack), pop(stack)));
      return;
    case OP_GREATERTHAN_TIMESTAMP: {
      const lock = pop(stack);
      verify(
        lock.length === 4 && context.timestamp > new DataView(lock.slice().buffer).getUint32(0),
      );
      return;
    }
    case OP_CHECKSIG: {
      const key = pop(stack);
      stack.push(isSignedBy(context.sighash, pop(stack), key) ? TRUE : FALSE);
      return;
    }
    case OP_CHECKMULTISIG: {
      const keys = popMany(stack, MAX_MULTISIG_KEYS);
      const signatures = popMany(stack, MAX_MULTISIG_SIGNATURES);
      stack.push(areSignedBy(context.sighash, signatures, keys) ? TRUE : FALSE);
      return;
    }
    default:
      verify(opcode >= OP_1 && opcode <= OP_16);
      stack.push(Uint8Array.of(opcode - OP_1 + 1));
  }
}

/** Signatures must be in the order of their keys. */
function areSignedBy(
  signed: Uint8Array,
  signatures: readonly Uint8Array[],
  keys: readonly Uint8Array[],
): boolean {
  let next = 0;
  return signatures.every((signature) => {
    while (next < keys.length) {
      const key = keys[next++];
      if (key !== undefined && isSignedBy(signed, signature, key)) return true;
    }
    return false;
  });
}

/** Whether an output is spent by a redeem script. */
export function isMultisig(script: Uint8Array): boolean {
  // A timelock may stand in front.
  const tail = script.subarray(-MULTISIG.size);
  return (
    tail.length === MULTISIG.size &&
    tail[0] === MULTISIG.head[0] &&
    tail[1] === MULTISIG.head[1] &&
    tail.at(-1) === MULTISIG.tail
  );
}

function isTrue(stack: readonly Uint8Array[]): boolean {
  return stack.at(-1)?.some((byte) => byte !== 0) ?? false;
}

function pop(stack: Uint8Array[]): Uint8Array {
  const top = stack.pop();
  verify(top !== undefined);
  return top;
}

function popMany(stack: Uint8Array[], most: number): Uint8Array[] {
  const count = pop(stack)[0] ?? 0;
  verify(count <= most);
  return Array.from({ length: count }, () => pop(stack)).reverse();
}

function verify(holds: boolean): asserts holds {
  if (!holds) throw new ScriptFailure();
}
