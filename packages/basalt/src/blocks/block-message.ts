import type { BasaltBlock } from './basalt-block.js';

/** `current_block`: the latest block, once, after connecting. `new_block`: an announcement. */
export type BlockMessageType = 'current_block' | 'new_block';

/**
 * The text of a message: members in the node's order, integers with all their digits, hex digits in lower case
 * (contract 5).
 */
export function blockMessage(type: BlockMessageType, block: BasaltBlock): string {
  return `{"type":"${type}","block":{${streamMembers(block)}}}`;
}

/** A block as the HTTP endpoints show it: `baseFee` comes before the number of transactions (contract 11). */
export function blockDocument(block: BasaltBlock): string {
  const { baseFee = '0' } = block;
  return `{${headerMembers(block)},"baseFee":"${baseFee}","transactionCount":${block.transactionCount}}`;
}

function streamMembers(block: BasaltBlock): string {
  return `${headerMembers(block)},"transactionCount":${block.transactionCount}`;
}

function headerMembers(block: BasaltBlock): string {
  return (
    `"number":${block.number},"hash":${hex(block.hash)},"parentHash":${hex(block.parentHash)},` +
    `"stateRoot":${hex(block.stateRoot)},"timestamp":${block.timestamp},"proposer":${hex(block.proposer)},` +
    `"gasUsed":${block.gasUsed},"gasLimit":${block.gasLimit}`
  );
}

function hex(digits: string): string {
  return `"${digits.toLowerCase()}"`;
}
