import type { NanoMockEvent } from '@sluice/mock-chain/nano';
import { accountKey, blockFromJson, parseAmount, upperHex } from '@sluice/nano/wire';

/** Members that are amounts, or may be larger than what JSON numbers carry. */
const BIG = new Set(['amount', 'tally', 'final', 'weight', 'timestamp']);

/**
 * An event of the bus in JSON: numbers of any size as decimal text, blocks as the wire has them.
 *
 * @throws WireError if a number, a block, an account or a hash of it is none.
 */
export function rawEvent(
  type: NanoMockEvent['type'],
  json: Readonly<Record<string, unknown>>,
): NanoMockEvent {
  const data = revived(json) as Record<string, unknown>;
  if (type === 'block.confirmed' || type === 'block.unconfirmed') {
    const block = blockFromJson((json.block ?? {}) as Record<string, unknown>);
    data.block = block;
    // A legacy block has none (contract 6.1.5), whatever the one who tells of it thinks.
    if (block.type !== 'state') delete data.subtype;
    upperHex(String(data.hash), 32, 'hash');
  }
  if (type === 'block.confirmed' || type === 'vote.processed') accountKey(String(data.account));
  // What else is missing or wrong is the caller's affair: the gateway counts it as a fault and sends nothing.
  return { type, data } as unknown as NanoMockEvent;
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      BIG.has(name) && typeof member === 'string' ? parseAmount(member, name) : revived(member),
    ]),
  );
}
