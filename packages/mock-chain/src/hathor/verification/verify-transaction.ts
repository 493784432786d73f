import { sighash } from '@sluice/hathor/codec';
import type { Transaction } from '@sluice/hathor/codec';
import { spendsLockedReward } from '../consensus/mempool-rules.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import {
  MAX_INPUT_DATA_SIZE,
  MAX_SIGNATURE_OPERATIONS,
  MAX_WEIGHT_ABOVE_LEAST,
  MAX_WEIGHT_ABOVE_LEAST_FROM,
  WEIGHT_TOLERANCE,
} from '../network/chain-parameters.js';
import { canSpend } from './script-machine.js';
import { inputSignatureOperations } from './signature-operations.js';
import { knownParents } from './verification-context.js';
import type { VerificationContext } from './verification-context.js';
import { verifyTokens } from './verify-tokens.js';
import { requireRule } from './vertex-rejected.error.js';
import { minimumTransactionWeight } from './weights.js';

/** Parents and spent vertices of a transaction. */
export interface TransactionLinks {
  readonly parents: readonly DagVertex[];
  readonly spent: readonly DagVertex[];
}

const PARENT_KINDS = ['transaction', 'transaction'] as const;

/**
 * What the transaction refers to, if it keeps the rules. Spending an output again is no fault: consensus settles that.
 *
 * @throws VertexRejectedError
 */
export function verifyTransaction(
  transaction: Transaction,
  context: VerificationContext,
): TransactionLinks {
  const { dag, parameters } = context;
  const parents = knownParents(transaction.parents, PARENT_KINDS, transaction.timestamp, context);
  const least = minimumTransactionWeight(transaction, parameters);
  requireRule(
    transaction.weight >= least - WEIGHT_TOLERANCE,
    'WEIGHT',
    () => `weight ${transaction.weight} is below ${least}`,
  );
  requireRule(
    least <= MAX_WEIGHT_ABOVE_LEAST_FROM || transaction.weight <= least + MAX_WEIGHT_ABOVE_LEAST,
    'WEIGHT',
    () => `weight ${transaction.weight} is more than ${MAX_WEIGHT_ABOVE_LEAST} above ${least}`,
  );
  const spent = verifyInputs(transaction, context);
  requireRule(
    !spendsLockedReward(spent, dag.best.height, parameters.rewardSpendMinBlocks),
    'REWARD_LOCK',
    () => 'a spent reward is still locked',
  );
  verifyTokens(transaction, spent);
  return { parents, spent };
}

function verifyInputs(transaction: Transaction, { dag }: VerificationContext): DagVertex[] {
  const { inputs, timestamp } = transaction;
  requireRule(inputs.length > 0, 'INPUTS', () => 'no inputs');
  const places = new Set(inputs.map(({ txId, index }) => `${txId}:${index}`));
  requireRule(places.size === inputs.length, 'INPUTS', () => 'the same input twice');
  const signed = sighash(transaction);
  let operations = 0;
  return inputs.map(({ txId, index, data }) => {
    const spent = dag.get(txId);
    const output = spent?.vertex.outputs[index];
    requireRule(
      data.length <= MAX_INPUT_DATA_SIZE,
      'INPUTS',
      () => `${data.length} bytes of input data, limit ${MAX_INPUT_DATA_SIZE}`,
    );
    requireRule(
      spent !== undefined && output !== undefined,
      'INPUTS',
      () => `no output ${txId}:${index}`,
    );
    operations += inputSignatureOperations(data, output.script);
    requireRule(
      operations <= MAX_SIGNATURE_OPERATIONS,
      'INPUTS',
      () => `more than ${MAX_SIGNATURE_OPERATIONS} signature checks in inputs`,
    );
    requireRule(spent.timestamp < timestamp, 'TIMESTAMP', () => `not newer than input ${txId}`);
    requireRule(
      canSpend(data, output.script, { sighash: signed, timestamp }),
      'SCRIPT',
      () => `input data does not satisfy output ${txId}:${index}`,
    );
    return spent;
  });
}
