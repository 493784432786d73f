import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { childrenOf, memberOf, readTextTree, textOf, type TextTree } from './text-tree.js';

/** The same JSON value with its scalars as text. */
type Plain = string | Plain[] | { [name: string]: Plain };

function plain(tree: TextTree): Plain {
  if (typeof tree === 'string') return tree;
  const values = tree.values.map(plain);
  if (tree.names.length === 0) return values;
  return Object.fromEntries(tree.names.map((name, at) => [name, values[at] ?? '']));
}

/** @param levels whose children are kept. */
function texts(value: unknown, levels = 3): Plain {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
  if (levels === 0) return [];
  if (Array.isArray(value)) return value.map((item) => texts(item, levels - 1));
  const entries = Object.entries(value).map(
    ([name, child]) => [name, texts(child, levels - 1)] as const,
  );
  // Nothing tells an empty object from an empty array.
  return entries.length === 0 ? [] : Object.fromEntries(entries);
}

describe('readTextTree', () => {
  it('reads every JSON document that JSON.parse reads, scalars as text, three levels of it', () => {
    const wellFormed = fc.string({ unit: 'grapheme' });
    const json = fc.jsonValue({ stringUnit: 'grapheme' });
    fc.assert(
      fc.property(json, fc.constantFrom('', ' ', '\n\t\r'), wellFormed, (value, space, name) => {
        const document = { [name]: value };
        const text = `${space}${JSON.stringify(document, undefined, space)}${space}`;
        expect(plain(readTextTree(text))).toEqual(texts(document));
      }),
    );
  });

  it('takes and refuses what JSON.parse takes and refuses', () => {
    const alphabet = fc.constantFrom(
      ...'{}[],:"\\01.eE+-truefalsn \n\u0001é'.split(''),
      '"a"',
      'null',
    );
    fc.assert(
      fc.property(
        fc.array(alphabet, { maxLength: 12 }).map((parts) => parts.join('')),
        (text) => {
          expect(attempt(() => readTextTree(text))).toBe(
            attempt(() => JSON.parse(text) as unknown),
          );
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['1.50', '1.50'],
    ['-0', '-0'],
    ['12345678901234567890123', '12345678901234567890123'],
    ['1E+5', '1E+5'],
    ['0.000', '0.000'],
    ['true', 'true'],
    ['null', 'null'],
    ['"\\u0041\\/\\n\\ud83d\\ude00"', 'A/\n😀'],
    ['""', ''],
    ['{}', ''],
    ['[1]', ''],
  ])('%s has the text %j', (json, text) => {
    expect(textOf(readTextTree(json))).toBe(text);
  });

  it('keeps all children and looks up the first of a name', () => {
    const tree = readTextTree('{"a":1,"a":2,"__proto__":3,"constructor":4}');
    expect(childrenOf(tree)).toEqual(['1', '2', '3', '4']);
    expect(memberOf(tree, 'a')).toBe('1');
    expect(memberOf(tree, '__proto__')).toBe('3');
    expect(memberOf(readTextTree('{}'), 'toString')).toBeUndefined();
    expect(memberOf(readTextTree('[1]'), '0')).toBeUndefined();
    expect(memberOf(readTextTree('"ab"'), 'length')).toBeUndefined();
  });

  it('checks what is further down and keeps nothing of it', () => {
    expect(readTextTree('[[[["x",[1]],"y",{"a":1}]]]')).toEqual(readTextTree('[[[[],"y",{}]]]'));
    expect(() => readTextTree('[[[[[01]]]]]')).toThrow(SyntaxError);
    expect(() => readTextTree('[[[{"a":{"b"}}]]]')).toThrow(SyntaxError);
  });

  it('tolerates one byte order mark', () => {
    expect(childrenOf(readTextTree('\uFEFF{"a":1}'))).toEqual(['1']);
    expect(() => readTextTree('\uFEFF\uFEFF{}')).toThrow(SyntaxError);
    expect(() => readTextTree(' \uFEFF{}')).toThrow(SyntaxError);
  });

  it.each([['"\\ud800"'], ['"\\udc00"'], ['"\\ud800x"'], ['"\\ud800\\u0041"'], ['{"\\udfff":1}']])(
    'refuses half a surrogate pair: %s',
    (json) => {
      expect(() => readTextTree(json)).toThrow(SyntaxError);
    },
  );

  it('refuses what nests too deeply, however deeply', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(textOf(readTextTree(nested(1001)))).toBe('');
    expect(() => readTextTree(nested(1002))).toThrow(SyntaxError);
    expect(() => readTextTree('['.repeat(16 * 1024 * 1024))).toThrow(SyntaxError);
    expect(() => readTextTree('{"a":'.repeat(1_000_000))).toThrow(SyntaxError);
  });

  it('reads millions of values', () => {
    const millions = 8_000_000;
    expect(childrenOf(readTextTree(`[${'0,'.repeat(millions - 1)}0]`))).toHaveLength(millions);
    expect(childrenOf(readTextTree(`[${'[],'.repeat(millions / 2)}0]`))).toHaveLength(
      millions / 2 + 1,
    );
  });

  it('reads scalars of any length', () => {
    const million = 5_000_000;
    expect(readTextTree('9'.repeat(million))).toHaveLength(million);
    expect(readTextTree(`"${'\\n'.repeat(million)}"`)).toHaveLength(million);
    expect(readTextTree(`"${'é'.repeat(million)}"`)).toHaveLength(million);
  });
});

function attempt(read: () => unknown): 'taken' | 'refused' {
  try {
    read();
    return 'taken';
  } catch (error) {
    if (error instanceof SyntaxError) return 'refused';
    throw error;
  }
}
