import { SluiceError } from '@sluice/engine';
import type { BasaltBlock } from './basalt-block.js';

const U64 = [0n, 2n ** 64n - 1n] as const;
const I64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const COUNT = [0n, 2n ** 31n - 1n] as const;

const INTEGERS = {
  number: U64,
  timestamp: I64,
  gasUsed: U64,
  gasLimit: U64,
  transactionCount: COUNT,
} as const;

const HEX = {
  hash: /^0x[0-9a-f]{64}$/i,
  parentHash: /^0x[0-9a-f]{64}$/i,
  stateRoot: /^0x[0-9a-f]{64}$/i,
  proposer: /^0x[0-9a-f]{40}$/i,
} as const;

/** What keeps a value from being a block on the wire, one line for each member; nothing if it is one. */
export function blockFaults(block: unknown): readonly string[] {
  if (typeof block !== 'object' || block === null) return ['it is no object'];
  const members = block as Readonly<Record<string, unknown>>;
  const faults: string[] = [];
  for (const [name, range] of Object.entries(INTEGERS)) {
    if (!isInteger(members[name], range)) faults.push(`${name} cannot be ${shown(members[name])}`);
  }
  for (const [name, form] of Object.entries(HEX)) {
    const value = members[name];
    if (typeof value !== 'string' || !form.test(value))
      faults.push(`${name} cannot be ${shown(value)}`);
  }
  const { baseFee } = members;
  if (baseFee !== undefined && !(typeof baseFee === 'string' && /^\d+$/.test(baseFee))) {
    faults.push(`baseFee cannot be ${shown(baseFee)}`);
  }
  return faults;
}

/** @throws SluiceError `INVALID` that lists every fault. */
export function assertBlock(block: unknown): asserts block is BasaltBlock {
  const faults = blockFaults(block);
  if (faults.length === 0) return;
  throw new SluiceError('INVALID', `No Basalt block: ${faults.join('; ')}`, {
    details: { faults },
  });
}

function isInteger(value: unknown, [least, most]: readonly [bigint, bigint]): boolean {
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return false;
  const integer = BigInt(value as number | bigint);
  return integer >= least && integer <= most;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value.slice(0, 80)}'` : String(value);
}
