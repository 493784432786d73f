/** How much checking of signatures scripts ask for, counted as the reference counts it. */
import { MAX_MULTISIG_KEYS } from '../network/chain-parameters.js';
import { isMultisig } from './script-machine.js';
import { OP_1, OP_16, OP_CHECKMULTISIG, OP_CHECKSIG, OP_PUSHDATA1 } from './opcodes.js';

/** Signature checks of a script: one by one, and a MultiSig check as many as it has keys. */
export function signatureOperations(script: Uint8Array): number {
  let count = 0;
  for (let at = 0, keys = MAX_MULTISIG_KEYS; at < script.length;) {
    const opcode = script[at++] ?? 0;
    if (opcode <= OP_PUSHDATA1) {
      at += opcode === OP_PUSHDATA1 ? 1 + (script[at] ?? 0) : opcode;
    } else if (opcode === OP_CHECKSIG) {
      count++;
    } else if (opcode === OP_CHECKMULTISIG) {
      count += keys;
    }
    keys = opcode >= OP_1 && opcode <= OP_16 ? opcode - OP_1 + 1 : MAX_MULTISIG_KEYS;
  }
  return count;
}

/** Signature checks of an input together with the output that it spends. */
export function inputSignatureOperations(data: Uint8Array, outputScript: Uint8Array): number {
  const own = signatureOperations(outputScript);
  if (!isMultisig(outputScript)) return own;
  return own + signatureOperations(lastPush(data));
}

function lastPush(script: Uint8Array): Uint8Array {
  let last = new Uint8Array();
  for (let at = 0; at < script.length;) {
    const opcode = script[at++] ?? 0;
    if (opcode > OP_PUSHDATA1) continue;
    const length = opcode === OP_PUSHDATA1 ? (script[at++] ?? 0) : opcode;
    last = script.slice(at, (at += length));
  }
  return last;
}
