import { isBlock, meetsTarget } from '@sluice/hathor/codec';
import type { Hex32, Vertex } from '@sluice/hathor/codec';
import {
  MAX_FUTURE_TIMESTAMP,
  MAX_OUTPUT_SCRIPT_SIZE,
  MAX_SIGNATURE_OPERATIONS,
} from '../network/chain-parameters.js';
import { signatureOperations } from './signature-operations.js';
import type { VerificationContext } from './verification-context.js';
import { verifyBlock } from './verify-block.js';
import { verifyTransaction } from './verify-transaction.js';
import type { TransactionLinks } from './verify-transaction.js';
import { requireRule } from './vertex-rejected.error.js';

/**
 * What the vertex refers to, if it keeps all rules of the chain.
 *
 * @throws VertexRejectedError
 */
export function verifyVertex(
  vertex: Vertex,
  hash: Hex32,
  context: VerificationContext,
): TransactionLinks {
  requireRule(context.dag.get(hash) === undefined, 'DUPLICATE', () => `${hash} is already there`);
  requireRule(
    vertex.timestamp <= context.now + MAX_FUTURE_TIMESTAMP,
    'TIMESTAMP',
    () => `more than ${MAX_FUTURE_TIMESTAMP} s in the future`,
  );
  requireRule(vertex.weight >= 0, 'WEIGHT', () => `weight ${vertex.weight} is below 0`);
  requireRule(meetsTarget(hash, vertex.weight), 'PROOF_OF_WORK', () => `${hash} misses its target`);
  requireRule(vertex.outputs.length > 0, 'OUTPUTS', () => 'no outputs');
  requireRule(
    vertex.outputs.every(({ value }) => value > 0n),
    'OUTPUTS',
    () => 'an output without value',
  );
  const sizes = vertex.outputs.map(({ script }) => script.length);
  requireRule(
    sizes.every((size) => size <= MAX_OUTPUT_SCRIPT_SIZE),
    'OUTPUTS',
    () => `an output script of ${Math.max(...sizes)} bytes, limit ${MAX_OUTPUT_SCRIPT_SIZE}`,
  );
  const operations = vertex.outputs.reduce(
    (sum, { script }) => sum + signatureOperations(script),
    0,
  );
  requireRule(
    operations <= MAX_SIGNATURE_OPERATIONS,
    'OUTPUTS',
    () => `${operations} signature checks in outputs, limit ${MAX_SIGNATURE_OPERATIONS}`,
  );
  return isBlock(vertex)
    ? { parents: verifyBlock(vertex, context), spent: [] }
    : verifyTransaction(vertex, context);
}
