import type { HathorNodeChain } from '../chain/hathor-node-chain.js';
import type { HistoryOutput } from '../chain/history-vertex.js';
import { jsonInteger } from '../codec/json-integer.js';
import { fairly } from './fairly.js';

interface Flow {
  received: bigint;
  spent: bigint;
}

const AUTHORITY_BIT = 0x80;
const UNKNOWN = '- (unable to fetch token information)';

/** The answer of `thin_wallet/address_balance`: what an address received and spent, token by token, authority aside. */
export async function addressBalance(chain: HathorNodeChain, address: string): Promise<object> {
  const flows = new Map<string, Flow>();
  const count = (outputs: readonly Omit<HistoryOutput, 'spent_by'>[], member: keyof Flow): void => {
    for (const { decoded, token, token_data, value } of outputs) {
      if (decoded.address !== address || (token_data & AUTHORITY_BIT) !== 0) continue;
      let flow = flows.get(token);
      if (flow === undefined) flows.set(token, (flow = { received: 0n, spent: 0n }));
      flow[member] += BigInt(value);
    }
  };
  let total = 0;
  for await (const { is_voided, inputs, outputs } of fairly(chain.addressHistory(address))) {
    total++;
    if (is_voided) continue;
    count(inputs, 'spent');
    count(outputs, 'received');
  }
  const tokens: Record<string, object> = {};
  for (const [uid, { received, spent }] of flows) {
    const { name = UNKNOWN, symbol = UNKNOWN } = (await chain.token(uid)) ?? {};
    tokens[uid] = { received: jsonInteger(received), spent: jsonInteger(spent), name, symbol };
  }
  return { success: true, total_transactions: total, tokens_data: tokens };
}
