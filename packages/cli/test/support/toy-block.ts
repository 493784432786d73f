import type { BasaltBlock } from '@sluice/basalt';
import { createHash } from 'node:crypto';

const digest = (text: string): string => `0x${createHash('sha256').update(text).digest('hex')}`;

/** A block with hashes of the right form; `branch` tells blocks of one number apart. */
export function toyBlock(number: number, branch = ''): BasaltBlock {
  return {
    number,
    hash: digest(`${branch}${String(number)}`),
    parentHash: digest(`${branch}${String(number - 1)}`),
    stateRoot: digest('state'),
    timestamp: 1_700_000_000_000 + number * 2000,
    proposer: digest('proposer').slice(0, 42),
    gasUsed: 9_007_199_254_740_993n,
    gasLimit: 2n ** 64n - 1n,
    baseFee: '1',
    transactionCount: 1,
  };
}
