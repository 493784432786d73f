import type { AddressHistoryQuery } from './address-history.js';
import { missing, NodeRefusal } from './node-refusal.js';

/**
 * What `address_history` is asked for, from the body or from the query.
 *
 * @throws NodeRefusal naming the first member that is missing or wrong.
 */
export function historyRequest(request: unknown): AddressHistoryQuery {
  if (typeof request !== 'object' || request === null) throw missing('invalid json');
  const { addresses, hash, tx_version } = request as Readonly<Record<string, unknown>>;
  if (addresses === undefined) throw missing('addresses');
  if (!isTextList(addresses)) {
    throw new NodeRefusal("Invalid 'addresses' parameter, expected a list of addresses");
  }
  if (hash !== undefined && hash !== null && typeof hash !== 'string') {
    throw new NodeRefusal("Invalid 'hash' parameter, expected a string");
  }
  return {
    addresses,
    ...(typeof hash === 'string' && { hash }),
    ...(tx_version !== undefined && { versions: versionSet(tx_version) }),
  };
}

function versionSet(given: unknown): ReadonlySet<number> {
  const versions: readonly unknown[] = Array.isArray(given) ? given : [given];
  return new Set(
    versions.map((version) => {
      if (!/^\s*[+-]?\d+\s*$/.test(String(version))) {
        throw new NodeRefusal(
          `Invalid tx_version parameter: must be integer(s), got ${JSON.stringify(version)}`,
        );
      }
      return Number(version);
    }),
  );
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}
