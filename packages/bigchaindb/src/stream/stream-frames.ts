import { assetIdOf } from './asset-id.js';
import type { CommittedBlock } from './committed-block.js';
import { pythonJson } from './python-json.js';
import type { StreamedTransaction } from './stream-dispatcher.js';

/** Text of one transaction's message (contract 6). @throws TypeError if a member has no JSON form. */
export function transactionFrame({ height, transaction }: StreamedTransaction): string {
  return pythonJson({
    height,
    asset_id: assetIdOf(transaction),
    transaction_id: transaction.id,
  });
}

/** Text of one block's message, as the successor Planetmint writes it (contract 12). @throws as {@link transactionFrame}. */
export function blockFrame({ height, hash, transactions }: CommittedBlock): string {
  return pythonJson({
    height,
    ...(hash !== undefined && { hash }),
    transaction_ids: transactions.map(({ id }) => id),
  });
}
