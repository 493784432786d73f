/** Judged by two other parsers: what is JSON by the engine's, and what it means by one that keeps all digits. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'lossless-json';
import { parseLongIntegers } from './long-integers.js';

const DIGITS = 4300;
const read = (text: string): unknown => parseLongIntegers(text, DIGITS);

/** As they are told apart by what they hold, so that bigints count. */
function lossless(text: string): unknown {
  const parseNumber = (digits: string): number | bigint => {
    const number = Number(digits);
    return Number.isSafeInteger(number) || !/^-?\d+$/.test(digits) ? number : BigInt(digits);
  };
  return parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
}

const TOKENS = [
  ...'{}[],:"\\-+.eE0 19\n\tx'.split(''),
  '"a"',
  '"__proto__"',
  '\\"',
  '9007199254740991',
  '9007199254740992',
  '12345678901234567890',
  '0012345678901234567890',
  '"12345678901234567890"',
  '1.12345678901234567890',
  'e12345678901234567890',
  '[12345678901234567890]',
  '{"a":-12345678901234567890}',
  'null',
];
const soup = fc
  .array(fc.constantFrom(...TOKENS), { maxLength: 12 })
  .map((tokens) => tokens.join(''));

function attempt<T>(work: () => T): { readonly value: T } | 'refused' {
  try {
    return { value: work() };
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return 'refused';
  }
}

describe('parseLongIntegers', () => {
  it('takes and refuses what JSON.parse takes and refuses', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const isTaken = attempt(() => read(text)) !== 'refused';
        expect(isTaken).toBe(attempt(() => JSON.parse(text) as unknown) !== 'refused');
      }),
      { numRuns: 20_000 },
    );
  });

  it('reads what a parser that keeps all digits reads', () => {
    const number = fc.oneof(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
      fc.integer({ min: -20, max: 20 }).map((off) => String(2n ** 53n + BigInt(off))),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
    );
    const scalar = fc.oneof(
      number,
      fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
      number.map((digits) => `"${digits}"`),
    );
    const name = fc.constantFrom('"a"', '"b\\""', '"__proto__"', '"12345678901234567890"');
    const { json } = fc.letrec<{ json: string }>((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(tie('json'), { maxLength: 4 }).map((items) => `[ ${items.join(' ,')}]`),
        fc
          .array(fc.tuple(name, tie('json')), { maxLength: 4 })
          .map((members) => `{${members.map((member) => member.join(' : ')).join(',\n')}}`),
      ),
    }));
    fc.assert(
      fc.property(json, (text) => {
        expect(read(text)).toEqual(lossless(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['{"__proto__":12345678901234567890}', 12345678901234567890n],
    ['{"__proto__":{},"__proto__":-12345678901234567890}', -12345678901234567890n],
  ])('keeps the member of %s its own', (text, value) => {
    const object = read(text) as object;
    expect(Object.entries(object)).toEqual([['__proto__', value]]);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });

  it.each([
    '{12345678901234567890:1}',
    '{-12345678901234567890:1}',
    '{12345678901234567890 :1}',
    '{12345678901234567890 \t\r\n:1}',
    '{"a":1,12345678901234567890:1}',
  ])('refuses %j, whose name is a long integer', (text) => {
    expect(() => read(text)).toThrow(SyntaxError);
  });

  it('finds what follows a string that ends in backslashes', () => {
    const text = '["a\\\\",12345678901234567890]';
    expect(read(text)).toEqual(['a\\', 12345678901234567890n]);
  });

  it('takes integers of as many digits as it is told, and no more, wherever they are', () => {
    const most = '9'.repeat(DIGITS);
    const value = 10n ** BigInt(DIGITS) - 1n;
    expect(read(`[-${most},${most}]`)).toEqual([-value, value]);
    expect(() => read(`${most}9`)).toThrow('An integer has 4301 digits');
    expect(() => read(`-${most}9`)).toThrow('An integer has 4301 digits');
  });

  it('reads eight million characters beside one long integer as fast as without it, about', () => {
    const text = (first: string) => `[${first},"${'x'.repeat(2 ** 23)}"]`;
    const cost = (work: () => unknown): number => {
      const start = process.cpuUsage();
      for (let round = 0; round < 5; round++) work();
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    const [plain, long] = [text('1'), text('12345678901234567890')];
    const unit = cost(() => JSON.parse(plain));
    expect(cost(() => read(long))).toBeLessThan(20 * unit);
  });
});
