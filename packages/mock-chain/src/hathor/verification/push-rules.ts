/** What a node asks of a transaction that a wallet hands in, beyond the rules of the chain. */
import { decodeScript } from '@sluice/hathor/codec';
import type { HathorNetwork, Transaction } from '@sluice/hathor/codec';
import { spendsLockedReward } from '../consensus/mempool-rules.js';
import type { Dag } from '../dag/dag.js';
import type { ChainParameters } from '../network/chain-parameters.js';
import { OP_CHECKSIG, OP_PUSHDATA1 } from './opcodes.js';
import { requireRule } from './vertex-rejected.error.js';

const MOST_SCRIPT_BYTES = 256;
const MOST_DATA_OUTPUTS = 25;

/**
 * Refuses what could only lose a conflict, and scripts that no wallet of the network makes. What refers to unknown
 * vertices is left to the rules of the chain.
 *
 * @throws VertexRejectedError with the reference's own words.
 */
export function verifyPush(
  { inputs, outputs }: Transaction,
  dag: Dag,
  parameters: ChainParameters,
  network: HathorNetwork,
): void {
  const spent = inputs.flatMap(({ txId, index }) => {
    const vertex = dag.get(txId);
    return vertex === undefined ? [] : [{ vertex, index }];
  });
  requireRule(
    spent.every(({ vertex, index }) => !vertex.isSpent(index)),
    'DOUBLE_SPEND',
    () => 'Invalid transaction. At least one of your inputs has already been spent.',
  );
  requireRule(
    spent.every(({ vertex }) => !vertex.isVoided),
    'VOIDED_INPUT',
    () => 'Invalid transaction. At least one input is voided.',
  );
  const vertices = spent.map(({ vertex }) => vertex);
  requireRule(
    !spendsLockedReward(vertices, dag.best.height, parameters.rewardSpendMinBlocks),
    'REWARD_LOCK',
    () => 'Spent reward is locked.',
  );
  const others = outputs.filter(({ script }) => decodeScript(script, network) === undefined);
  requireRule(
    others.length <= MOST_DATA_OUTPUTS &&
      others.every(({ script }) => isDataScript(script)) &&
      outputs.every(({ script }) => script.length <= MOST_SCRIPT_BYTES),
    'NON_STANDARD',
    () => 'Transaction is non standard.',
  );
}

/** One push and OP_CHECKSIG: nobody can spend it. Wallets keep short texts in such outputs. */
function isDataScript(script: Uint8Array): boolean {
  const [opcode = 0, length = 0] = script;
  const end = opcode === OP_PUSHDATA1 ? 2 + length : 1 + opcode;
  return opcode <= OP_PUSHDATA1 && script.length === end + 1 && script[end] === OP_CHECKSIG;
}
