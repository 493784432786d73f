import { HDKey } from '@scure/bip32';
import { entropyToMnemonic, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { p2pkhInputData, publicKeyHash } from '@sluice/hathor/codec';

/** Hathor's account in BIP-44; wallets derive all their addresses below it. */
const ACCOUNT_PATH = "m/44'/280'/0'/0";

/** A key pair that can satisfy P2PKH outputs. */
export interface WalletKey {
  /** What its address encodes. */
  readonly hash: Uint8Array;
  /** Signs what `sighash` of the codec gives; returns the data of an input. */
  sign(sighash: Uint8Array): Uint8Array;
}

/** The keys of a wallet, derived as Hathor's own wallets derive them, so that such a wallet opens with the same words. */
export class HdKeys {
  /** 24 words that give these keys in any Hathor wallet. */
  readonly words: string;
  readonly #account: HDKey;
  readonly #keys: WalletKey[] = [];

  private constructor(words: string) {
    this.words = words;
    this.#account = HDKey.fromMasterSeed(mnemonicToSeedSync(words)).derive(ACCOUNT_PATH);
  }

  static fromWords(words: string): HdKeys {
    return new HdKeys(words);
  }

  /** @param entropy - 32 bytes. */
  static fromEntropy(entropy: Uint8Array): HdKeys {
    return new HdKeys(entropyToMnemonic(entropy, wordlist));
  }

  /** The account's extended public key, as `request:history:xpub` takes it. */
  get xpub(): string {
    return this.#account.publicExtendedKey;
  }

  at(index: number): WalletKey {
    for (let next = this.#keys.length; next <= index; next++) this.#keys.push(this.#derive(next));
    const key = this.#keys[index];
    if (key === undefined) throw new RangeError(`no key at ${index}`);
    return key;
  }

  #derive(index: number): WalletKey {
    const { privateKey, publicKey } = this.#account.deriveChild(index);
    if (privateKey === null || publicKey === null) throw new Error('derivation gave no key pair');
    return {
      hash: publicKeyHash(publicKey),
      sign: (bytes) => {
        // Nodes check the signature against SHA-256 of the SHA-256 of the signed bytes.
        const signature = secp256k1.sign(sha256(bytes), privateKey, { format: 'der' });
        return p2pkhInputData(signature, publicKey);
      },
    };
  }
}
