import { describe, expect, it } from '@jest/globals';
import { vectors } from '../../test/support/vectors.js';
import { readAccounts } from './read-accounts.js';
import { readBoolean, readList, readText } from './read-members.js';
import { readTextTree } from './text-tree.js';

interface BooleanVectors {
  readonly cases: readonly { readonly json: string; readonly value: boolean | null }[];
}
interface AccountVectors {
  readonly valid: readonly { readonly text: string; readonly canonical: string }[];
  readonly invalid: readonly { readonly text: string; readonly why: string }[];
}

const member = (json: string) => readTextTree(`{"member":${json}}`);

describe('booleans', () => {
  it.each(vectors<BooleanVectors>('booleans').cases)('$json is $value', ({ json, value }) => {
    expect(readBoolean(member(json), 'member') ?? null).toBe(value);
  });

  it.each([
    ['"\\n1\\t"', true],
    ['"\\u000b0\\r\\n\\f"', false],
    ['"\\u00a0true"', null],
    ['"true\\u0000"', null],
    ['"10"', null],
  ])('%s is %p', (json, value) => {
    expect(readBoolean(member(json), 'member') ?? null).toBe(value);
  });

  it('are absent if there is no such member', () => {
    expect(readBoolean(member('true'), 'other')).toBeUndefined();
  });
});

describe('texts', () => {
  it.each([
    ['" a "', ' a '],
    ['5', '5'],
    ['null', 'null'],
    ['{"a":1}', ''],
    ['["a"]', ''],
  ])('%s is %j', (json, text) => {
    expect(readText(member(json), 'member')).toBe(text);
  });
});

describe('lists', () => {
  it.each([
    ['["a", 1, true, null]', ['a', '1', 'true', 'null']],
    ['{"x": "a", "y": "b", "x": "c"}', ['a', 'b', 'c']],
    ['[["a"], {"b": "c"}, "d"]', ['', '', 'd']],
    ['[]', []],
    ['{}', []],
    ['""', []],
    ['"a"', []],
    ['null', []],
    ['5', []],
  ])('%s is %j', (json, list) => {
    expect(readList(member(json), 'member')).toEqual(list);
  });

  it('are absent if there is no such member', () => {
    expect(readList(member('[]'), 'other')).toBeUndefined();
  });
});

describe('accounts', () => {
  const { valid, invalid } = vectors<AccountVectors>('accounts');

  it.each(valid)('$text is $canonical', async ({ text, canonical }) => {
    expect([...(await readAccounts([text]))]).toEqual([canonical]);
  });

  it.each(invalid)('$text is skipped: $why', async ({ text }) => {
    expect([...(await readAccounts([text]))]).toEqual([]);
  });

  it('collapse, whatever their prefixes', async () => {
    const texts = valid.map(({ text }) => text);
    const canonical = new Set(valid.map((vector) => vector.canonical));
    expect(await readAccounts([...texts, 'nonsense', ...texts])).toEqual(canonical);
  });

  it('in a long list leave turns of the event loop to others', async () => {
    const texts = valid.map(({ text }) => text);
    const long = Array.from({ length: 5_000 }, (_, index) => texts[index % texts.length] ?? '');
    let turns = 0;
    const others = () => {
      turns++;
      pending = setImmediate(others);
    };
    let pending = setImmediate(others);
    await readAccounts(long);
    clearImmediate(pending);
    expect(turns).toBeGreaterThanOrEqual(9);
  });
});
