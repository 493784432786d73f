/**
 * Blocks as JSON objects (contract 7): every member a string, in the node's order. A gateway adds `linked_account` and `subtype` at
 * the end.
 */
import { canonicalAccount, encodeAccount } from './account.js';
import { amountBytes, amountText, parseAmount } from './amount.js';
import type { Block, BlockType, LegacyBlock, StateBlock } from './block.js';
import { bytesOf, upperHex } from './bytes.js';
import type { Bytes32 } from './bytes.js';
import { hex64, unsigned64 } from './unsigned64.js';
import { WireError } from './wire-error.js';

/** A state block on the wire. */
export interface StateBlockJson {
  readonly type: 'state';
  readonly account: string;
  readonly previous: string;
  readonly representative: string;
  /** Decimal. */
  readonly balance: string;
  readonly link: string;
  /** The bytes of `link` as an account, whatever they mean. */
  readonly link_as_account: string;
  readonly signature: string;
  readonly work: string;
}

/** A legacy send on the wire. */
export interface SendBlockJson {
  readonly type: 'send';
  readonly previous: string;
  readonly destination: string;
  /** 32 digits of upper-case hex, unlike every other amount. */
  readonly balance: string;
  readonly work: string;
  readonly signature: string;
}

/** A legacy receive on the wire. */
export interface ReceiveBlockJson {
  readonly type: 'receive';
  readonly previous: string;
  readonly source: string;
  readonly work: string;
  readonly signature: string;
}

/** A legacy open on the wire. */
export interface OpenBlockJson {
  readonly type: 'open';
  readonly source: string;
  readonly representative: string;
  readonly account: string;
  readonly work: string;
  readonly signature: string;
}

/** A legacy change on the wire. */
export interface ChangeBlockJson {
  readonly type: 'change';
  readonly previous: string;
  readonly representative: string;
  readonly work: string;
  readonly signature: string;
}

export type LegacyBlockJson = SendBlockJson | ReceiveBlockJson | OpenBlockJson | ChangeBlockJson;

/** A block on the wire. */
export type BlockJson = StateBlockJson | LegacyBlockJson;

/**
 * A block as the node writes it.
 *
 * @throws WireError naming the member that the wire cannot carry.
 */
export function blockToJson(block: StateBlock): StateBlockJson;
export function blockToJson(block: LegacyBlock): LegacyBlockJson;
export function blockToJson(block: Block): BlockJson;
export function blockToJson(block: Block): BlockJson {
  const work = hex64(block.work, 'work');
  const signature = upperHex(block.signature, 64, 'signature');
  switch (block.type) {
    case 'state':
      return {
        type: 'state',
        account: canonicalAccount(block.account),
        previous: hash(block.previous, 'previous'),
        representative: canonicalAccount(block.representative, 'representative'),
        balance: amountText(block.balance, 'balance'),
        link: hash(block.link, 'link'),
        link_as_account: encodeAccount(bytesOf(block.link, 32, 'link')),
        signature,
        work,
      };
    case 'send':
      return {
        type: 'send',
        previous: hash(block.previous, 'previous'),
        destination: canonicalAccount(block.destination, 'destination'),
        balance: upperHex(amountBytes(block.balance, 'balance'), 16, 'balance'),
        work,
        signature,
      };
    case 'receive':
      return {
        type: 'receive',
        previous: hash(block.previous, 'previous'),
        source: hash(block.source, 'source'),
        work,
        signature,
      };
    case 'open':
      return {
        type: 'open',
        source: hash(block.source, 'source'),
        representative: canonicalAccount(block.representative, 'representative'),
        account: canonicalAccount(block.account),
        work,
        signature,
      };
    case 'change':
      return {
        type: 'change',
        previous: hash(block.previous, 'previous'),
        representative: canonicalAccount(block.representative, 'representative'),
        work,
        signature,
      };
    default:
      throw unknownType(block satisfies never);
  }
}

/**
 * The block in a JSON object, such as a node's. Texts are checked and kept in the form that {@link blockToJson} writes; unknown
 * members, such as `subtype`, are ignored.
 *
 * @throws WireError `MISSING`, `UNKNOWN_TYPE`, or what is wrong with a member.
 */
export function blockFromJson(json: Readonly<Record<string, unknown>>): Block {
  const read = (member: string): string => {
    const value = json[member];
    if (typeof value === 'string') return value;
    throw new WireError('MISSING', member, 'no text');
  };
  const account = (member: string): string => canonicalAccount(read(member), member);
  const block = (member: string): string => hash(read(member), member);
  const type = read('type') as BlockType;
  const proof = {
    signature: upperHex(read('signature'), 64, 'signature'),
    work: unsigned64(read('work'), 'work'),
  };
  switch (type) {
    case 'state':
      return {
        type,
        account: account('account'),
        previous: block('previous'),
        representative: account('representative'),
        balance: parseAmount(read('balance'), 'balance'),
        link: block('link'),
        ...proof,
      };
    case 'send':
      return {
        type,
        previous: block('previous'),
        destination: account('destination'),
        balance: BigInt(`0x${upperHex(read('balance'), 16, 'balance')}`),
        ...proof,
      };
    case 'receive':
      return { type, previous: block('previous'), source: block('source'), ...proof };
    case 'open':
      return {
        type,
        source: block('source'),
        representative: account('representative'),
        account: account('account'),
        ...proof,
      };
    case 'change':
      return {
        type,
        previous: block('previous'),
        representative: account('representative'),
        ...proof,
      };
    default:
      throw unknownType(type satisfies never);
  }
}

function hash(value: Bytes32, field: string): string {
  return upperHex(value, 32, field);
}

function unknownType(block: unknown): WireError {
  const type = typeof block === 'string' ? block : (block as { type?: unknown }).type;
  return new WireError('UNKNOWN_TYPE', 'type', `${JSON.stringify(type)} is no block type`);
}
