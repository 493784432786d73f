import { describe, expect, it } from '@jest/globals';
import { Arguments } from './arguments.js';
import { parseDuration } from './duration.js';
import { UsageError } from './usage-error.js';

const OPTIONS = [
  { name: 'list', value: 'LIST', multiple: true, help: '' },
  { name: 'text', value: 'TEXT', help: '' },
  { name: 'on', help: '' },
];

const parse = (...argv: readonly string[]): Arguments =>
  Arguments.parse(argv, OPTIONS, [
    { name: 'URL', help: '' },
    { name: 'FILE', help: '', optional: true },
  ]);

describe('Arguments', () => {
  it('reads operands, switches, and options with one or more values', () => {
    const args = parse('--on', 'a', '--list', 'x,y', '--text=1', '--list', 'z', 'b');
    expect([args.operand('URL'), args.operand('FILE')]).toEqual(['a', 'b']);
    expect([args.flag('on'), parse().flag('on')]).toEqual([true, false]);
    expect(args.names('list')).toEqual(['x', 'y', 'z']);
    expect(args.list('list')).toEqual(['x,y', 'z']);
    expect([args.text('text'), parse().text('text')]).toEqual(['1', undefined]);
    expect(parse('a').optionalOperand('FILE')).toBeUndefined();
  });

  it.each<[string, () => unknown, string]>([
    ['an unknown option', () => parse('--what'), "Unknown option '--what'"],
    ['a missing value', () => parse('--text'), "'--text <value>' argument missing"],
    ['a value for a switch', () => parse('--on=1'), "'--on' does not take an argument"],
    ['one operand too many', () => parse('a', 'b', 'c'), "'c' is one too many"],
    ['a missing operand', () => parse().operand('URL'), 'URL is missing'],
    ['no number', () => parse('--text', '1e3').integer('text'), "--text cannot be '1e3'"],
    [
      'a number too small',
      () => parse('--text', '0').integer('text', { least: 1 }),
      "cannot be '0'",
    ],
    [
      'a number too large',
      () => parse('--text', '9').integer('text', { most: 8 }),
      "cannot be '9'",
    ],
    [
      'no number that can be held',
      () => parse('--text', '9007199254740993').integer('text'),
      'cannot be',
    ],
    ['no duration', () => parse('--text', '1d').duration('text'), "--text cannot be '1d'"],
    ['no pattern', () => parse('--text', '(').pattern('text'), "--text cannot be '('"],
    ['no choice', () => parse('--text', 'c').choice('text', ['a', 'b']), "'c'; it can be a, b"],
  ])('refuses %s', (_, read, message) => {
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });
});

it.each([
  ['250ms', 250],
  ['1.5s', 1500],
  ['2', 2000],
  ['5m', 300_000],
  ['1h', 3_600_000],
  ['0', 0],
  ['600h', undefined],
  ['-1s', undefined],
  ['', undefined],
  ['s', undefined],
])('the duration %j has %p milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});
