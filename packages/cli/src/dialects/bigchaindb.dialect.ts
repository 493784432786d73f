/** BigchainDB's stream of valid transactions: everything to everybody, the client sends nothing (contract 5, 6, 8). */
import type { ClientDialect, Finding, Message } from './client-dialect.js';
import { integerAt, jsonOf, lengthAt, member, short, textAt } from './json-member.js';
import { RecentKeys } from './recent-keys.js';
import { strange } from './strange-message.js';

export const bigchaindbDialect: ClientDialect = {
  name: 'bigchaindb',
  summary: 'stream of valid transactions',
  path: '/api/v1/streams/valid_transactions',
  accepts: ['assets'],
  // Blocks without transactions are not streamed, so heights have gaps of their own.
  isSequenced: false,
  read(text): Message {
    const body = jsonOf(text);
    const id = textAt(body, 'transaction_id');
    if (id === '') return strange(text, body);
    const operation = assetsOf(body).includes(id) ? 'creates an asset' : `asset ${shown(body)}`;
    return {
      type: 'transaction',
      kind: 'event',
      key: id,
      isCommon: true,
      summary: `height ${textAt(body, 'height')} ${short(id)} ${operation}`,
      text,
      body,
    };
  },
  client({ assets }) {
    const seen = new RecentKeys();
    let height = 0n;
    return {
      open: () => [],
      take({ key, body }) {
        const findings: Finding[] = [];
        const next = integerAt(body, 'height');
        if (key !== undefined && seen.add(key)) {
          findings.push({ kind: 'duplicate', text: `transaction ${short(key)} came twice` });
        }
        if (next !== undefined && next < height) {
          const text = `height ${String(next)} came after ${String(height)}`;
          findings.push({ kind: 'disorder', text });
        }
        height = next ?? height;
        const wanted = assets === undefined || assetsOf(body).some((id) => assets.includes(id));
        return { send: [], findings, wanted };
      },
    };
  },
};

/** One asset; the successor Planetmint has a list of them (contract 12). */
function assetsOf(body: unknown): readonly string[] {
  const ids = Array.from({ length: lengthAt(body, 'asset_ids') }, (_, at) =>
    textAt(body, 'asset_ids', at),
  );
  return member(body, 'asset_id') === undefined ? ids : [textAt(body, 'asset_id')];
}

function shown(body: unknown): string {
  return assetsOf(body).map(short).join(', ');
}
