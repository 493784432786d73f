import type { Transaction, VertexOutput } from '@sluice/hathor/codec';
import type { DagVertex } from '../dag/dag-vertex.js';
import {
  AUTHORITY_BIT,
  MELT,
  MINT,
  NATIVE_TOKEN,
  isAuthority,
  outputOf,
  tokenOf,
} from '../dag/vertex-tokens.js';
import { MAX_TOKENS } from '../network/chain-parameters.js';
import { requireRule } from './vertex-rejected.error.js';

/** Minted tokens cost 1 % of their amount in HTR, rounded up; melting gives it back, rounded down. */
export function tokenDeposit(amount: bigint): bigint {
  return (amount + 99n) / 100n;
}

/** What a transaction does with one token. */
interface TokenFlow {
  spent: bigint;
  paid: bigint;
  /** Rights that the inputs bring. */
  rights: bigint;
  /** Rights that the outputs give. */
  granted: bigint;
}

/** The uid that stands for the token under creation, whose real one is the id that is not known yet. */
const NEW_TOKEN = 'new';

/**
 * Amounts in and out agree, token by token: only authority or a token creation changes them, against a deposit.
 *
 * @throws VertexRejectedError
 */
export function verifyTokens(transaction: Transaction, spent: readonly DagVertex[]): void {
  verifyTokenInfo(transaction);
  verifyTokenList(transaction);
  const flows = tokenFlows(transaction, spent);
  let deposit = 0n;
  for (const [token, flow] of flows) {
    if (token !== NATIVE_TOKEN) deposit += depositFor(token, flow);
  }
  const { spent: brought, paid } = flows.get(NATIVE_TOKEN) ?? { spent: 0n, paid: 0n };
  requireRule(
    brought === paid + deposit,
    'TOKENS',
    () => `inputs ${brought}, outputs ${paid}, deposit ${deposit}`,
  );
}

function verifyTokenInfo(transaction: Transaction): void {
  if (transaction.version !== 2) return;
  const { version, name, symbol } = transaction.tokenInfo;
  requireRule(version === 1, 'UNSUPPORTED', () => 'only deposit tokens are known');
  requireRule(isBetween(name, 1, 30), 'TOKENS', () => 'token name must have 1 to 30 characters');
  requireRule(isBetween(symbol, 1, 5), 'TOKENS', () => 'token symbol must have 1 to 5 characters');
  requireRule(plain(name) !== 'HATHOR', 'TOKENS', () => `Invalid token name (${name})`);
  requireRule(plain(symbol) !== 'HTR', 'TOKENS', () => `Invalid token symbol (${symbol})`);
}

/** What remains of a name that is made to look like another one by case and spaces. */
function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toUpperCase();
}

/** Every token in the list is used by an output, once in the list and not above the limit. */
function verifyTokenList(transaction: Transaction): void {
  if (transaction.version !== 1) return;
  const { tokens, outputs } = transaction;
  requireRule(tokens.length <= MAX_TOKENS, 'TOKENS', () => 'too many tokens');
  requireRule(
    new Set(tokens).size === tokens.length,
    'TOKENS',
    () => 'repeated tokens are not allowed',
  );
  const used = new Set(outputs.map(({ tokenData }) => tokenData & ~AUTHORITY_BIT));
  requireRule(
    tokens.every((_, place) => used.has(place + 1)),
    'TOKENS',
    () => 'unused tokens are not allowed',
  );
}

function tokenFlows(transaction: Transaction, spent: readonly DagVertex[]): Map<string, TokenFlow> {
  const flows = new Map<string, TokenFlow>();
  const flowOf = (token: string): TokenFlow => {
    let flow = flows.get(token);
    if (flow === undefined)
      flows.set(token, (flow = { spent: 0n, paid: 0n, rights: 0n, granted: 0n }));
    return flow;
  };
  transaction.inputs.forEach(({ index }, input) => {
    const vertex = spent[input];
    if (vertex === undefined) return;
    const output = outputOf(vertex, index);
    const flow = flowOf(tokenOf(vertex, output));
    if (isAuthority(output)) flow.rights |= output.value;
    else flow.spent += output.value;
  });
  for (const output of transaction.outputs) {
    const flow = flowOf(paidToken(transaction, output));
    if (isAuthority(output)) flow.granted |= authorityOf(output);
    else flow.paid += output.value;
  }
  return flows;
}

function paidToken(transaction: Transaction, { tokenData }: VertexOutput): string {
  const place = tokenData & ~AUTHORITY_BIT;
  if (place === 0) {
    requireRule(tokenData === 0, 'TOKENS', () => 'nobody has authority over HTR');
    return NATIVE_TOKEN;
  }
  const token =
    transaction.version === 2
      ? place === 1
        ? NEW_TOKEN
        : undefined
      : transaction.tokens[place - 1];
  requireRule(token !== undefined, 'TOKENS', () => `no token ${place}`);
  return token;
}

function authorityOf({ value }: VertexOutput): bigint {
  requireRule(
    value <= (MINT | MELT),
    'TOKENS',
    () => `Invalid authorities in output (0b${value.toString(2)})`,
  );
  return value;
}

function depositFor(token: string, { spent, paid, rights, granted }: TokenFlow): bigint {
  if (token === NEW_TOKEN) {
    requireRule(paid > 0n, 'TOKENS', () => 'a token creation must mint something');
    return tokenDeposit(paid);
  }
  requireRule((granted & ~rights) === 0n, 'TOKENS', () => `no authority to grant over ${token}`);
  if (paid > spent) {
    requireRule((rights & MINT) !== 0n, 'TOKENS', () => `no authority to mint ${token}`);
    return tokenDeposit(paid - spent);
  }
  if (paid < spent) {
    requireRule((rights & MELT) !== 0n, 'TOKENS', () => `no authority to melt ${token}`);
    return -((spent - paid) / 100n);
  }
  return 0n;
}

function isBetween(text: string, least: number, most: number): boolean {
  const { length } = [...text];
  return length >= least && length <= most;
}
