import type { CommittedBlock } from './committed-block.js';
import { pythonJson } from './python-json.js';
import type { StreamedTransaction } from './stream-dispatcher.js';

/** Text of one transaction's message (contract 6). */
export function transactionFrame({ height, assetId, transaction }: StreamedTransaction): string {
  return pythonJson({ height, asset_id: assetId, transaction_id: transaction.id });
}

/** Text of one block's message, as the successor Planetmint writes it (contract 12). */
export function blockFrame({ height, hash, transactions }: CommittedBlock): string {
  return pythonJson({ height, hash, transaction_ids: transactions.map(({ id }) => id) });
}
