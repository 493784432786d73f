import { short, textAt } from './json-member.js';

/** Versions of blocks (contract 1.5). */
const BLOCKS = ['0', '3', '5'];

/** One line of a vertex, as events and the wallet socket have it. */
export function vertexText(vertex: unknown): string {
  const hash = textAt(vertex, 'hash') || textAt(vertex, 'tx_id');
  const height = textAt(vertex, 'metadata', 'height') || textAt(vertex, 'height');
  const isBlock = BLOCKS.includes(textAt(vertex, 'version'));
  const voided = textAt(vertex, 'metadata', 'voided_by');
  const isVoided = (voided !== '' && voided !== '[]') || textAt(vertex, 'is_voided') === 'true';
  const what = isBlock ? `block ${height}` : 'transaction';
  return `${what} ${short(hash)}${isVoided ? ' voided' : ''}`;
}
