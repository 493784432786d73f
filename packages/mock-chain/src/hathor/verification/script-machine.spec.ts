import { describe, expect, it } from '@jest/globals';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import {
  multisigScript,
  p2pkhInputData,
  p2pkhScript,
  publicKeyHash,
  redeemScriptHash,
} from '@sluice/hathor/codec';
import { canSpend } from './script-machine.js';

const sighash = hexToBytes('00ff');
const context = { sighash, timestamp: 1_600_000_001 };

const [first, second, third] = [1, 2, 3].map((seed) => {
  const secret = new Uint8Array(32).fill(seed);
  return {
    key: secp256k1.getPublicKey(secret),
    signature: secp256k1.sign(sha256(sighash), secret, { format: 'der' }),
  };
});
if (!first || !second || !third) throw new Error('three keys needed');

function push(bytes: Uint8Array): Uint8Array {
  return bytes.length > 75
    ? Uint8Array.of(0x4c, bytes.length, ...bytes)
    : Uint8Array.of(bytes.length, ...bytes);
}

describe('a P2PKH output', () => {
  const script = p2pkhScript(publicKeyHash(first.key));

  it('is spent by its key alone', () => {
    expect(canSpend(p2pkhInputData(first.signature, first.key), script, context)).toBe(true);
    expect(canSpend(p2pkhInputData(second.signature, second.key), script, context)).toBe(false);
    expect(canSpend(p2pkhInputData(second.signature, first.key), script, context)).toBe(false);
  });

  it('is bound to the transaction', () => {
    const other = { ...context, sighash: hexToBytes('01ff') };
    expect(canSpend(p2pkhInputData(first.signature, first.key), script, other)).toBe(false);
  });

  it('is not spent by bytes that are no key or no signature', () => {
    const junk = new Uint8Array(33).fill(0xff);
    expect(canSpend(concatBytes(push(junk), push(first.key)), script, context)).toBe(false);
    const junkScript = concatBytes(push(junk), Uint8Array.of(0xac));
    expect(canSpend(push(first.signature), junkScript, context)).toBe(false);
  });

  it('waits for its timelock', () => {
    const at = (timelock: number) =>
      canSpend(
        p2pkhInputData(first.signature, first.key),
        p2pkhScript(publicKeyHash(first.key), timelock),
        context,
      );
    expect([at(1_600_000_000), at(1_600_000_001)]).toEqual([true, false]);
  });
});

describe('a MultiSig output', () => {
  const redeem = concatBytes(
    Uint8Array.of(0x52),
    ...[first, second, third].map(({ key }) => push(key)),
    Uint8Array.of(0x53, 0xae),
  );
  const script = multisigScript(redeemScriptHash(redeem));
  const spend = (...signatures: Uint8Array[]) =>
    canSpend(concatBytes(...signatures.map(push), push(redeem)), script, context);

  it('wants as many signatures as the redeem script says, in the order of the keys', () => {
    expect(spend(first.signature, third.signature)).toBe(true);
    expect(spend(second.signature, third.signature)).toBe(true);
    expect(spend(third.signature, first.signature)).toBe(false);
    expect(spend(first.signature, first.signature)).toBe(false);
    expect(spend(first.signature)).toBe(false);
  });
});

describe('any script', () => {
  it.each<[string, string, string, boolean]>([
    ['an empty script with a true input', '51', '', true],
    ['an empty script with nothing', '', '', false],
    ['an empty script with a false input', '0100', '', false],
    ['a shared secret', '0161', '01618851', true],
    ['a wrong secret', '0162', '01618851', false],
    ['a push beyond the end', '05aa', '', false],
    ['an unknown opcode', '51', 'ff', false],
    ['an opcode that wants more than there is', '', '76', false],
  ])('%s', (_, input, script, expected) => {
    expect(canSpend(hexToBytes(input), hexToBytes(script), context)).toBe(expected);
  });
});
