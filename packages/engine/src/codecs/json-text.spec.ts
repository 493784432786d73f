import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson, stringifyJson } from './json-text.js';

const bigInteger = fc
  .bigInt({ min: -(2n ** 200n), max: 2n ** 200n })
  .filter((value) => value !== BigInt(Number(value)) || !Number.isSafeInteger(Number(value)));

/** A double whose text is no integer beyond 2^53, and not -0, whose sign JSON text does not keep. */
const double = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((n) => !Object.is(n, -0) && (Number.isSafeInteger(n) || /[.e]/.test(String(n))));

/** JSON values as `parseJson` returns them. */
const { value: anyJson } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    double,
    bigInteger,
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', '\\', '1', '[', '{', ':', ',', ' ', 'é') }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('value'), { maxKeys: 5 }),
  ),
}));

/** The slow path, chosen by a neighbour that plays no part. */
function parseSlowly(text: string): unknown {
  const [value, ...neighbours] = parseJson(`[${text},99999999999999999999]`) as unknown[];
  if (neighbours.length !== 1) throw new SyntaxError('more or less than one value');
  return value;
}

const outcome = (parse: () => unknown): unknown => {
  try {
    return parse();
  } catch (error) {
    return (error as Error).name;
  }
};

describe('parseJson', () => {
  it('returns what was written, in every digit', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(parseJson(stringifyJson(value))).toEqual(value);
        expect(parseSlowly(stringifyJson(value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, unknown]>([
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-9007199254740993', -9007199254740993n],
    ['[340282366920938463463374607431768211455]', [2n ** 128n - 1n]],
    [' 18446744073709551616', 18446744073709551616n],
    ['{"a":18446744073709551616,"b":1}', { a: 18446744073709551616n, b: 1 }],
    ['[1,\n18446744073709551616]', [1, 18446744073709551616n]],
    ['[1, 9007199254740993]', [1, 9007199254740993n]],
    ['18446744073709551616.5', 2 ** 64],
    ['[1e30,18446744073709551616e2]', [1e30, 100 * 2 ** 64]],
    ['0.12500000000000000000', 0.125],
    ['-0', -0],
    ['"18446744073709551616"', '18446744073709551616'],
    ['[" 18446744073709551616"]', [' 18446744073709551616']],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each([
    '{"a":1,"a":2}',
    '{"a":{"b":1},"a":{"b":1}}',
    '{"a":[1],"b":2,"a":null}',
    '{"__proto__":{"polluted":true},"constructor":1}',
    '{"__proto__":1,"__proto__":{"polluted":true}}',
    '"\\u00e9\\ud83d\\ude00\\n\\/"',
    '"\\ud800"',
    '',
    ' ',
    '[1,]',
    '{"a":1,}',
    '{,}',
    '{a:1}',
    "{'a':1}",
    '[1 2]',
    '[01]',
    '[1.]',
    '[.5]',
    '[+1]',
    '[1e]',
    '[NaN]',
    '[Infinity]',
    'undefined',
    'nulL',
    '"\u0001"',
    '"\\x"',
    '"\\u12g4"',
    '"open',
    '[',
    '{"a"',
    '{"a":',
    '/**/1',
    '\ufeff1',
    '\u00a01',
    '1 1',
  ])('agrees with JSON.parse on %j, on its fast and on its slow way', (text) => {
    const native = outcome(() => JSON.parse(text));
    expect(outcome(() => parseJson(text))).toEqual(native);
    const slow = outcome(() => parseSlowly(text));
    expect(slow).toEqual(native);
    if (typeof native === 'object' && native !== null) {
      expect(Object.getPrototypeOf(slow)).toBe(Object.prototype);
      expect(Object.keys(slow as object)).toEqual(Object.keys(native));
    }
  });

  it('agrees with JSON.parse on any text, right or wrong', () => {
    const piece = fc.constantFrom(...'{}[]:,"\\ 01.e-+tnu', 'true', 'null', '"a"', '12', '"a":');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        // A digit run of 16 would be a bigint; these texts are shorter.
        expect(outcome(() => parseSlowly(text))).toEqual(outcome(() => JSON.parse(text)));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['arrays', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['unclosed arrays', '['.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['arrays around a big integer', '['.repeat(100_000) + '18446744073709551616'],
  ])('refuses deep %s with a SyntaxError', (_, text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('takes 500 levels, and brackets in strings for what they are', () => {
    const deepest = '['.repeat(500) + ']'.repeat(500);
    expect(parseJson(deepest + ' '.repeat(1000))).toEqual(JSON.parse(deepest));
    expect(() => parseJson(`[${deepest}]`)).toThrow('nested deeper than 500');
    const text = JSON.stringify(['[{"\\'.repeat(2000), '[['.repeat(600)]);
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('refuses a long string that does not end', () => {
    expect(() => parseJson('["' + 'x'.repeat(2000))).toThrow(SyntaxError);
  });

  it('refuses an integer of more than 4300 digits', () => {
    expect(parseJson('9'.repeat(4300))).toBe(BigInt('9'.repeat(4300)));
    expect(() => parseJson('9'.repeat(4301))).toThrow(SyntaxError);
  });
});

describe('stringifyJson', () => {
  const shapes = (): [string, unknown][] => [
    ['members without JSON form', { a: undefined, b: () => 1, c: Symbol('c'), d: NaN }],
    ['items without JSON form', [undefined, () => 1, Symbol('c'), -Infinity]],
    ['dates', { at: new Date(0), invalid: new Date(NaN) }],
    ['toJSON', { toJSON: () => ({ x: { toJSON: () => [1, undefined] } }), hidden: 1 }],
    ['toJSON that returns undefined', { a: { toJSON: () => undefined }, b: 1 }],
    ['boxed values', [Object('text'), Object(5), Object(true)]],
    ['text beyond ASCII', { é: '😀 "\\\u2028\u0000', lone: '\ud800' }],
    ['empty things', [{}, [], '', null]],
    ['maps and class instances', [new Map([[1, 2]]), new (class { x = 1; })()]], // prettier-ignore
    ['buffers', { bytes: Buffer.from('ab') }],
  ];

  it.each(shapes())('writes %s as JSON.stringify does, with and without a bigint', (_, value) => {
    const native = JSON.stringify(value);
    expect(stringifyJson(value)).toBe(native);
    expect(stringifyJson([value, 2n ** 64n])).toBe(`[${native},18446744073709551616]`);
  });

  it('writes a bigint as a number even where the application made it a string', () => {
    const prototype = BigInt.prototype as { toJSON?: () => string };
    prototype.toJSON = () => 'a string';
    try {
      expect(stringifyJson({ value: 2n ** 64n, n: 1 })).toBe(
        '{"value":18446744073709551616,"n":1}',
      );
    } finally {
      delete prototype.toJSON;
    }
  });

  it('refuses values without JSON form, cycles and bottomless nesting', () => {
    const cycle: unknown[] = [1n];
    cycle.push(cycle);
    for (const value of [undefined, () => 1, Symbol('x'), cycle]) {
      expect(() => stringifyJson(value)).toThrow(TypeError);
    }
    let deep: unknown = 1n;
    for (let level = 0; level < 200_000; level++) deep = [deep];
    expect(() => stringifyJson(deep)).toThrow();
  });

  it('passes on what a toJSON throws', () => {
    const toJSON = () => {
      throw new TypeError('no');
    };
    expect(() => stringifyJson({ toJSON })).toThrow('no');
  });
});
