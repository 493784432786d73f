import type { TopicFilter } from '@sluice/engine';
import { assetIdOf } from './asset-id.js';
import type { BigchaindbTransaction } from './committed-block.js';
import type { StreamedTransaction } from './stream-dispatcher.js';

/** Which transactions a client wants; several of one kind: any of them, several kinds: all of them. */
export interface TransactionFilterOptions {
  readonly assetIds: readonly string[];
  /** Base58; keys that an output belongs to. */
  readonly publicKeys: readonly string[];
  readonly operations: readonly string[];
}

/** Texts go to everybody, also to those who filter. */
const TEXT_KEY = 'text';

/**
 * Query parameters of a connection, each of them repeatable: `asset_id`, `public_key`, `operation`. Others are ignored.
 * How many there are is bounded by the size of a request's head.
 *
 * @returns undefined if the client wants everything.
 */
export function transactionFilterOf(query: URLSearchParams): TransactionFilterOptions | undefined {
  const options = {
    assetIds: query.getAll('asset_id'),
    publicKeys: query.getAll('public_key'),
    operations: query.getAll('operation'),
  };
  return Object.values(options).every((values) => values.length === 0) ? undefined : options;
}

/** Finds the clients of a transaction by its asset and its owners. */
export class TransactionFilter implements TopicFilter<
  StreamedTransaction | string,
  TransactionFilterOptions | undefined
> {
  subscriptionKeys(options: TransactionFilterOptions | undefined): string[] | undefined {
    if (options === undefined) return undefined;
    const { assetIds, publicKeys, operations } = options;
    if (assetIds.length > 0) return [TEXT_KEY, ...assetIds.map(assetKey)];
    if (publicKeys.length > 0) return [TEXT_KEY, ...publicKeys.map(ownerKey)];
    return [TEXT_KEY, ...operations.map(operationKey)];
  }

  eventKeys(event: StreamedTransaction | string): string[] {
    if (typeof event === 'string') return [TEXT_KEY];
    const { transaction } = event;
    return [
      assetKey(String(assetIdOf(transaction))),
      ...ownersOf(transaction).map(ownerKey),
      operationKey(transaction.operation ?? ''),
    ];
  }

  matches(
    event: StreamedTransaction | string,
    options: TransactionFilterOptions | undefined,
  ): boolean {
    if (options === undefined || typeof event === 'string') return true;
    const { transaction } = event;
    const { assetIds, publicKeys, operations } = options;
    return (
      sharesOne(assetIds, [String(assetIdOf(transaction))]) &&
      sharesOne(publicKeys, ownersOf(transaction)) &&
      sharesOne(operations, [transaction.operation ?? ''])
    );
  }
}

function ownersOf({ outputs = [] }: BigchaindbTransaction): readonly string[] {
  return outputs.flatMap(({ public_keys = [] }) => public_keys);
}

function sharesOne(wanted: readonly string[], given: readonly string[]): boolean {
  return wanted.length === 0 || given.some((value) => wanted.includes(value));
}

function assetKey(id: string): string {
  return `asset:${id}`;
}

function ownerKey(publicKey: string): string {
  return `owner:${publicKey}`;
}

function operationKey(operation: string): string {
  return `operation:${operation}`;
}
