import { describe, expect, it } from '@jest/globals';
import { parseJson } from '@sluice/engine';
import { NODE_TEMPLATE } from '../../test/support/template.js';
import { receivedTemplates } from './received-templates.js';

const received = (changes: object = {}) =>
  receivedTemplates([{ ...(parseJson(NODE_TEMPLATE) as object), ...changes }]);

describe('templates of a node', () => {
  it('keep every digit of score, reward and weight', () => {
    expect(received()).toMatchObject([
      {
        reward: 800n,
        score: 9007199254740993123456789n,
        weight: 69.45830394511117,
        height: 5123456,
      },
    ]);
    expect(received({ reward: 2n ** 62n })).toMatchObject([{ reward: 2n ** 62n }]);
  });

  it('may lack what a miner does not need', () => {
    expect(received({ score: undefined, signal_bits: undefined, data: undefined })).toMatchObject([
      { score: 0n, signal_bits: 0 },
    ]);
    expect(receivedTemplates([])).toEqual([]);
  });

  it.each([
    ['no list', {}],
    ['a template whose weight is undefined', [{ versions: [0], reward: 1 }]],
    ['a template whose versions is undefined', [null]],
    ['a template whose versions is undefined', ['template']],
  ])('are refused as %s', (words, value) => {
    expect(() => receivedTemplates(value)).toThrow(words);
  });

  it.each([
    ['reward', 1.5],
    ['reward', '6400'],
    ['versions', [1]],
    ['parents', ['00']],
    ['parents', 'x'],
    ['height', null],
  ])('are refused when %s is %j', (name, value) => {
    expect(() => received({ [name]: value })).toThrow(`a template whose ${name} is`);
  });
});
