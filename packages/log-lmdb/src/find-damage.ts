import { StoredChunk } from './chunk.js';
import type { LogTables } from './open-tables.js';

/** Reads everything and checks ids and checksums. @returns what is wrong, or `undefined`. LMDB may throw. */
export function findDamage({ streams }: LogTables): string | undefined {
  for (const name of streams.names()) {
    const damage = findStreamDamage(streams, name);
    if (damage !== undefined) return `stream '${name}': ${damage}`;
  }
  return undefined;
}

function findStreamDamage(streams: LogTables['streams'], name: string): string | undefined {
  const record = streams.record(name);
  if (record === undefined) return 'its record is gone';
  const table = streams.open(name);
  let id = record.first;
  while (id <= record.head) {
    const value = table.getBinaryFast(id);
    if (value === undefined) return `event ${id} is gone`;
    const chunk = new StoredChunk(value, value.length);
    if (!chunk.isIntact()) return `event ${id} is damaged`;
    id += chunk.count;
  }
  return undefined;
}
