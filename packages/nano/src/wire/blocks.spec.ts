import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { hexToBytes } from '@noble/hashes/utils.js';
import {
  blockFromJson,
  blockHash,
  blockToJson,
  decodeAccount,
  isSignedBy,
  isWorkEnough,
  WireError,
  workRoot,
} from './index.js';
import type { Block, BlockJson, StateBlock, WireErrorCode } from './index.js';

interface BlockVector {
  readonly block: BlockJson;
  readonly hash: string;
  readonly signer: string;
  readonly public: boolean;
}

const { blocks } = JSON.parse(
  readFileSync(new URL('../../test/vectors/blocks.json', import.meta.url), 'utf8'),
) as { blocks: readonly BlockVector[] };

const named = blocks.map((vector) => ({ ...vector, name: `${vector.block.type} ${vector.hash}` }));
const stateJson = named.find(({ block }) => block.type === 'state')?.block ?? {};
const state = blockFromJson({ ...stateJson }) as StateBlock;

describe('blocks', () => {
  it.each(named)('$name: JSON, hash and signature', ({ block: json, hash, signer }) => {
    const block = blockFromJson({ ...json });
    expect(JSON.stringify(blockToJson(block))).toBe(JSON.stringify(json));
    expect(blockHash(block)).toBe(hash);
    expect(isSignedBy(hash, block.signature, signer)).toBe(true);
    expect(isSignedBy(hash.replace(/^../, '00'), block.signature, signer)).toBe(false);
  });

  it('of the public ledger carry real work for their root', () => {
    const mined = named.filter((vector) => vector.public).map(({ block }) => block);
    expect(mined).not.toHaveLength(0);
    for (const json of mined) {
      const block = blockFromJson({ ...json });
      expect(isWorkEnough(workRoot(block), block.work, 'ffffffc000000000')).toBe(true);
    }
  });

  it('are the same from bytes as from text', () => {
    const bytes: StateBlock = {
      ...state,
      account: decodeAccount(String(state.account)),
      previous: hexToBytes(String(state.previous)),
      representative: String(state.representative).replace('nano_', 'xrb_'),
      link: String(state.link).toLowerCase(),
      signature: hexToBytes(String(state.signature)),
      work: 'C950FC037D61E372',
    };
    expect(blockToJson(bytes)).toEqual(stateJson);
    expect(blockHash(bytes)).toBe(blockHash(state));
  });

  it('of legacy sends write the balance in 32 hex digits', () => {
    const send: Block = {
      type: 'send',
      previous: state.previous,
      destination: state.account,
      balance: 1n,
      work: 2n,
      signature: state.signature,
    };
    expect(blockToJson(send)).toMatchObject({
      balance: '00000000000000000000000000000001',
      work: '0000000000000002',
    });
  });

  it('are read whatever else the object has', () => {
    expect(blockFromJson({ ...stateJson, subtype: 'send', linked_account: '0' })).toEqual(state);
  });

  it.each<[string, object, WireErrorCode, string]>([
    ['type', { type: undefined }, 'MISSING', 'no text'],
    ['type', { type: 'epoch' }, 'UNKNOWN_TYPE', '"epoch" is no block type'],
    [
      'account',
      { account: 'nano_1' },
      'WRONG_LENGTH',
      '1 characters after the prefix instead of 60',
    ],
    ['representative', { representative: 5 }, 'MISSING', 'no text'],
    ['previous', { previous: '00' }, 'WRONG_LENGTH', '2 characters instead of 64 hex digits'],
    ['link', { link: 'x'.repeat(64) }, 'WRONG_CHARACTER', 'not hex'],
    ['balance', { balance: '-1' }, 'WRONG_CHARACTER', 'not a decimal number'],
    [
      'balance',
      { balance: String(1n << 128n) },
      'OUT_OF_RANGE',
      'not an unsigned number of 128 bits',
    ],
    [
      'signature',
      { signature: 'A'.repeat(127) },
      'WRONG_LENGTH',
      '127 characters instead of 128 hex digits',
    ],
    ['work', { work: '1' }, 'WRONG_LENGTH', '1 characters instead of 16 hex digits'],
    ['work', { work: '000000000000000x' }, 'WRONG_CHARACTER', 'not hex'],
  ])('with a wrong %s are refused: %j', (field, change, code, reason) => {
    expect(() => blockFromJson({ ...stateJson, ...change })).toThrow(
      new WireError(code, field, reason),
    );
  });

  it.each<[string, Partial<StateBlock>, WireErrorCode]>([
    ['balance', { balance: -1n }, 'OUT_OF_RANGE'],
    ['balance', { balance: 1n << 128n }, 'OUT_OF_RANGE'],
    ['work', { work: 1n << 64n }, 'OUT_OF_RANGE'],
    ['link', { link: new Uint8Array(31) }, 'WRONG_LENGTH'],
    ['representative', { representative: 'ban_1' }, 'WRONG_PREFIX'],
  ])('with a %s that the wire cannot carry are not written: %p', (field, change, code) => {
    expect(() => blockToJson({ ...state, ...change })).toThrow(
      expect.objectContaining({ code, field }),
    );
  });

  it('of no known type have neither JSON nor hash', () => {
    const odd = { ...state, type: 'nothing' } as unknown as Block;
    const error = new WireError('UNKNOWN_TYPE', 'type', '"nothing" is no block type');
    expect(() => blockToJson(odd)).toThrow(error);
    expect(() => blockHash(odd)).toThrow(error);
  });
});
