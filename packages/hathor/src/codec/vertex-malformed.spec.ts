import { describe, expect, it } from '@jest/globals';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import {
  CodecError,
  decodeOutputValue,
  decodeVertex,
  encodeVertex,
  unittestsGenesis,
} from './index.js';
import type { CodecErrorCode } from './index.js';

type Case = readonly [
  what: string,
  hex: string,
  code: CodecErrorCode,
  field: string,
  offset: number | undefined,
];

const id = 'ab'.repeat(32);
const graph = '4000000000000000' + '5dbc86b7' + '00';
const nonce16 = '00'.repeat(16);
const auxHead = '00'.repeat(36);
const mergeMined = `000300${graph}00${auxHead}`;
const creation = '00020000';

const cases: readonly Case[] = [
  ['nothing', '', 'SHORT_INPUT', 'signalBits', 0],
  ['no version', '00', 'SHORT_INPUT', 'version', 1],
  ['a proof-of-authority block', '0005', 'UNKNOWN_VERSION', 'version', 1],
  ['an unknown version', '00ff00', 'UNKNOWN_VERSION', 'version', 1],
  ['no number of outputs', '0000', 'SHORT_INPUT', 'outputs.length', 2],
  ['fewer outputs than announced', '000001', 'SHORT_INPUT', 'outputs[0].value', 3],
  ['half a value', '0000010000', 'SHORT_INPUT', 'outputs[0].value', 3],
  ['half a long value', '000001ffffffff', 'SHORT_INPUT', 'outputs[0].value', 3],
  ['a value of zero', '0000010000000000', 'INVALID_VALUE', 'outputs[0].value', 3],
  ['a small value in 8 bytes', '000001ffffffffffffffff', 'NON_CANONICAL', 'outputs[0].value', 3],
  ['2^31-1 in 8 bytes', '000001ffffffff80000001', 'NON_CANONICAL', 'outputs[0].value', 3],
  ['no token data', '00000100000001', 'SHORT_INPUT', 'outputs[0].tokenData', 7],
  ['half a script length', '0000010000000100' + '00', 'SHORT_INPUT', 'outputs[0].script.length', 8],
  ['a short script', '0000010000000100' + '0003' + 'acac', 'SHORT_INPUT', 'outputs[0].script', 10],
  ['half a weight', '00000040', 'SHORT_INPUT', 'weight', 3],
  ['an infinite weight', '000000' + '7ff0000000000000', 'INVALID_VALUE', 'weight', 3],
  ['a weight that is no number', '000000' + '7ff8000000000000', 'INVALID_VALUE', 'weight', 3],
  ['half a timestamp', '000000' + '4000000000000000' + '5d', 'SHORT_INPUT', 'timestamp', 11],
  ['no number of parents', '000000' + graph.slice(0, -2), 'SHORT_INPUT', 'parents.length', 15],
  ['half a parent', `000000${graph.slice(0, -2)}02${id}abab`, 'SHORT_INPUT', 'parents[1]', 48],
  ['no data length', `000000${graph}`, 'SHORT_INPUT', 'data.length', 16],
  ['101 bytes of data', `000000${graph}65${'00'.repeat(101)}`, 'TOO_LARGE', 'data.length', 16],
  ['short data', `000000${graph}0200`, 'SHORT_INPUT', 'data', 17],
  ['a short nonce', `000000${graph}00${'00'.repeat(15)}`, 'SHORT_INPUT', 'nonce', 17],
  ['a byte after the nonce', `000000${graph}00${nonce16}00`, 'TRAILING_BYTES', 'end', 33],
  ['more than 48,000 bytes', '00'.repeat(48_001), 'TOO_LARGE', 'vertex', undefined],
  ['no number of inputs', '000100', 'SHORT_INPUT', 'inputs.length', 3],
  ['a short token', '00010100' + '00' + 'ab', 'SHORT_INPUT', 'tokens[0]', 5],
  ['a short spent id', '0001000100' + 'ab', 'SHORT_INPUT', 'inputs[0].txId', 5],
  ['no output index', `0001000100${id}`, 'SHORT_INPUT', 'inputs[0].index', 37],
  ['half an input data length', `0001000100${id}0000`, 'SHORT_INPUT', 'inputs[0].data.length', 38],
  ['short input data', `0001000100${id}00000201`, 'SHORT_INPUT', 'inputs[0].data', 40],
  ['a short transaction nonce', `0001000000${graph}000000`, 'SHORT_INPUT', 'nonce', 18],
  ['a header after the nonce', `0001000000${graph}0000000010`, 'TRAILING_BYTES', 'end', 22],
  ['no token version', creation, 'SHORT_INPUT', 'tokenInfo.version', 4],
  ['an unknown token version', `${creation}03`, 'INVALID_VALUE', 'tokenInfo.version', 4],
  ['no name', `${creation}01`, 'SHORT_INPUT', 'tokenInfo.name.length', 5],
  ['a short name', `${creation}010241`, 'SHORT_INPUT', 'tokenInfo.name', 6],
  ['a name that is not UTF-8', `${creation}0101ff`, 'INVALID_VALUE', 'tokenInfo.name', 6],
  ['a symbol that is not UTF-8', `${creation}01014102c328`, 'INVALID_VALUE', 'tokenInfo.symbol', 8],
  ['a short header head', mergeMined.slice(0, -2), 'SHORT_INPUT', 'auxPow.headerHead', 17],
  ['no coinbase length', mergeMined, 'SHORT_INPUT', 'auxPow.coinbaseHead', 53],
  ['half a coinbase length', `${mergeMined}fd04`, 'SHORT_INPUT', 'auxPow.coinbaseHead', 54],
  ['a long coinbase length', `${mergeMined}fd0400`, 'NON_CANONICAL', 'auxPow.coinbaseHead', 53],
  [
    'a longer coinbase length',
    `${mergeMined}feffff0000`,
    'NON_CANONICAL',
    'auxPow.coinbaseHead',
    53,
  ],
  [
    'a huge coinbase length',
    `${mergeMined}ff${'ff'.repeat(8)}`,
    'TOO_LARGE',
    'auxPow.coinbaseHead',
    53,
  ],
  ['a short coinbase', `${mergeMined}0448`, 'SHORT_INPUT', 'auxPow.coinbaseHead', 54],
  ['no magic', `${mergeMined}0448617469`, 'INVALID_VALUE', 'auxPow.coinbaseHead', 54],
  ['magic not at the end', `${mergeMined}054861746800`, 'INVALID_VALUE', 'auxPow.coinbaseHead', 54],
  ['magic twice', `${mergeMined}084861746848617468`, 'INVALID_VALUE', 'auxPow.coinbaseHead', 54],
  ['an empty coinbase', `${mergeMined}00`, 'INVALID_VALUE', 'auxPow.coinbaseHead', 54],
  ['13 links', `${mergeMined}0448617468000d`, 'TOO_LARGE', 'auxPow.merklePath', 59],
  ['a short link', `${mergeMined}04486174680001ab`, 'SHORT_INPUT', 'auxPow.merklePath[0]', 60],
  ['a short header tail', `${mergeMined}04486174680000ab`, 'SHORT_INPUT', 'auxPow.headerTail', 60],
  [
    'a byte after the header tail',
    `${mergeMined}04486174680000${'00'.repeat(13)}`,
    'TRAILING_BYTES',
    'end',
    72,
  ],
];

function errorOf(action: () => unknown): CodecError {
  try {
    action();
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('decoding malformed bytes', () => {
  it.each(cases)('names the place of %s', (...[, hex, code, field, offset]: Case) => {
    const error = errorOf(() => decodeVertex(hexToBytes(hex)));
    expect({ code: error.code, field: error.field, offset: error.offset }).toEqual({
      code,
      field,
      offset,
    });
    expect(error.message).toContain(field);
  });

  it('names the place of every cut through valid bytes', () => {
    const bytes = encodeVertex(unittestsGenesis[0]);
    for (let length = 0; length < bytes.length; length++) {
      const error = errorOf(() => decodeVertex(bytes.subarray(0, length)));
      expect(error.code).toBe('SHORT_INPUT');
      expect(error.offset).toBeLessThanOrEqual(length);
    }
  });

  it('says what is wrong, where, in one line', () => {
    expect(errorOf(() => decodeVertex(hexToBytes('0000010000'))).message).toBe(
      'outputs[0].value at offset 3: needs 4 bytes, 2 left',
    );
  });

  it('takes an output value only if nothing follows it', () => {
    expect(errorOf(() => decodeOutputValue(hexToBytes('0000000100'))).code).toBe('TRAILING_BYTES');
  });

  it('does not change what was decoded when the input buffer is reused', () => {
    const buffer = Buffer.from(encodeVertex(unittestsGenesis[0]));
    const vertex = decodeVertex(buffer);
    const before = bytesToHex(encodeVertex(vertex));
    buffer.fill(0xee);
    expect(bytesToHex(encodeVertex(vertex))).toBe(before);
  });
});
