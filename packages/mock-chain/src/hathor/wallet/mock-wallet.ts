import { bytesToHex } from '@noble/hashes/utils.js';
import { encodeAddress, p2pkhScript } from '@sluice/hathor/codec';
import type { HathorNetwork } from '@sluice/hathor/codec';
import { spentIndex } from '../dag/dag.js';
import type { Dag } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { NATIVE_TOKEN, isAuthority, outputOf, tokenOf } from '../dag/vertex-tokens.js';
import type { Coin } from './coin.js';
import type { HdKeys, WalletKey } from './hd-keys.js';
import { InsufficientFundsError } from './insufficient-funds.error.js';

/** Addresses that are in use at first; a real wallet finds all of them within its gap limit of 20. */
const POOL = 20;

/** Keys, and the unspent outputs they can spend, kept up to date vertex by vertex. */
export class MockWallet {
  readonly #keys: HdKeys;
  readonly #network: HathorNetwork;
  readonly #owners = new Map<string, WalletKey>();
  readonly #coins = new Map<string, Map<string, Coin>>();
  readonly #balances = new Map<string, bigint>();
  #nextKey = 0;

  constructor(keys: HdKeys, network: HathorNetwork) {
    this.#keys = keys;
    this.#network = network;
    for (let index = 0; index < POOL; index++) {
      const key = keys.at(index);
      this.#owners.set(bytesToHex(p2pkhScript(key.hash)), key);
    }
  }

  /** The words that open this wallet in any Hathor wallet; for play money only. */
  get words(): string {
    return this.#keys.words;
  }

  /** The extended public key of its addresses. */
  get xpub(): string {
    return this.#keys.xpub;
  }

  /** Its 20 addresses. */
  get addresses(): readonly string[] {
    return Array.from({ length: POOL }, (_, index) => this.addressAt(index));
  }

  /** @param index - 0 … 19. */
  addressAt(index: number): string {
    return this.#addressOf(this.keyAt(index));
  }

  /** Its addresses one after the other, over and over. */
  nextAddress(): string {
    return this.#addressOf(this.nextKey());
  }

  /** @param index - 0 … 19. */
  keyAt(index: number): WalletKey {
    if (index >= POOL) throw new RangeError(`the wallet has ${POOL} addresses`);
    return this.#keys.at(index);
  }

  /** Its keys one after the other, over and over. */
  nextKey(): WalletKey {
    const key = this.keyAt(this.#nextKey);
    this.#nextKey = (this.#nextKey + 1) % POOL;
    return key;
  }

  /** What it owns of a token in atomic units, locked rewards and unconfirmed payments included. */
  balance(token = NATIVE_TOKEN): bigint {
    return this.#balances.get(token) ?? 0n;
  }

  /** All tokens that it owns something of. */
  balances(): ReadonlyMap<string, bigint> {
    return new Map([...this.#balances].filter(([, amount]) => amount > 0n));
  }

  /** Oldest coins of a token that are worth `amount` together; `usable` says which may be taken. */
  select(token: string, amount: bigint, usable: (coin: Coin) => boolean): Coin[] {
    const selected: Coin[] = [];
    let sum = 0n;
    for (const coin of this.#coins.get(token)?.values() ?? []) {
      if (coin.authority || !usable(coin)) continue;
      selected.push(coin);
      sum += coin.value;
      if (sum >= amount) return selected;
    }
    throw new InsufficientFundsError(`${sum} of ${amount} atomic units of ${token} can be spent`);
  }

  /** The coin behind an output of its own, spent or not. */
  coinAt(vertex: DagVertex, index: number): Coin | undefined {
    const key = this.#ownerOf(vertex, index);
    if (key === undefined) return undefined;
    const output = outputOf(vertex, index);
    const token = tokenOf(vertex, output);
    return { vertex, index, token, value: output.value, authority: isAuthority(output), key };
  }

  /** Takes in what changed on the chain. */
  observe(changed: Iterable<DagVertex>, dag: Dag): void {
    for (const vertex of changed) {
      vertex.vertex.outputs.forEach((_, index) => this.#refresh(vertex, index, dag));
      vertex.spent.forEach((spent, input) => this.#refresh(spent, spentIndex(vertex, input), dag));
    }
  }

  #refresh(vertex: DagVertex, index: number, dag: Dag): void {
    const coin = this.coinAt(vertex, index);
    if (coin === undefined) return;
    const place = `${vertex.hash}:${index}`;
    let coins = this.#coins.get(coin.token);
    if (coins === undefined) this.#coins.set(coin.token, (coins = new Map<string, Coin>()));
    const spendable =
      !vertex.isVoided && !vertex.isSpent(index) && dag.get(vertex.hash) !== undefined;
    if (coins.has(place) === spendable) return;
    if (spendable) coins.set(place, coin);
    else coins.delete(place);
    if (coin.authority) return;
    const change = spendable ? coin.value : -coin.value;
    this.#balances.set(coin.token, this.balance(coin.token) + change);
  }

  #addressOf({ hash }: WalletKey): string {
    return encodeAddress('P2PKH', hash, this.#network);
  }

  #ownerOf(vertex: DagVertex, index: number): WalletKey | undefined {
    return this.#owners.get(bytesToHex(outputOf(vertex, index).script));
  }
}
