import { sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.js';
import {
  ed25519Condition,
  ed25519Fulfillment,
  type Ed25519Condition,
} from './ed25519-condition.js';
import type { KeyPair } from './key-pair.js';

/** An output and the transaction that has it. */
export interface OutputLink {
  readonly output_index: number;
  readonly transaction_id: string;
}

/** A transaction of version 2.0, complete and signed. */
export interface MockTransaction {
  readonly asset: { readonly id: string } | { readonly data: object | null };
  /** SHA3-256 of everything else. */
  readonly id: string;
  readonly inputs: readonly {
    readonly fulfillment: string;
    readonly fulfills: OutputLink | null;
    readonly owners_before: readonly string[];
  }[];
  readonly metadata: object | null;
  readonly operation: string;
  readonly outputs: readonly {
    readonly amount: string;
    readonly condition: Ed25519Condition;
    readonly public_keys: readonly string[];
  }[];
  readonly version: '2.0';
}

/** What a transaction says, before its owner has signed. */
export interface TransactionDraft {
  readonly operation: string;
  readonly asset: MockTransaction['asset'];
  readonly metadata: object | null;
  readonly fulfills: OutputLink | null;
  /** Base58 keys of the outputs' owners, and what each gets. */
  readonly outputs: readonly { readonly publicKey: string; readonly amount: bigint }[];
}

/** Makes and signs a transaction with one input. */
export function signedTransaction(draft: TransactionDraft, owner: KeyPair): MockTransaction {
  const { asset, metadata, operation, fulfills } = draft;
  const input = { fulfills, owners_before: [owner.publicKey] };
  const outputs = draft.outputs.map(({ publicKey, amount }) => ({
    amount: String(amount),
    condition: ed25519Condition(publicKey),
    public_keys: [publicKey],
  }));
  const body = { asset, metadata, operation, outputs, version: '2.0' } as const;
  const message = signedMessage({ ...body, inputs: [{ ...input, fulfillment: null }] }, fulfills);
  const fulfillment = ed25519Fulfillment(message, owner.secretKey);
  const signed = { ...body, inputs: [{ ...input, fulfillment }] };
  return { ...signed, id: transactionId(signed) };
}

/** Id of a transaction: the hash of everything but itself, fulfilments included. */
export function transactionId(transaction: object): string {
  const text = canonicalJson({ ...transaction, id: null });
  return bytesToHex(sha3_256(utf8ToBytes(text)));
}

/** What the owner of an input signs: the transaction without fulfilments, and which output the input spends. */
export function signedMessage(unsigned: object, fulfills: OutputLink | null): Uint8Array {
  const text = canonicalJson({ ...unsigned, id: null });
  const spent = fulfills === null ? '' : `${fulfills.transaction_id}${fulfills.output_index}`;
  return sha3_256(utf8ToBytes(text + spent));
}
