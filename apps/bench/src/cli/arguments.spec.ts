import { describe, expect, it } from '@jest/globals';
import { ArgumentError, readArguments } from './arguments.js';

const KNOWN = ['replay', 'fan-out'];
const read = (...args: string[]) => readArguments(args, KNOWN);

describe('arguments', () => {
  it('without any, every scenario is measured for five rounds', () => {
    expect(read()).toEqual({
      scenarios: [],
      seconds: 2,
      rounds: 5,
      quick: false,
      list: false,
      help: false,
      json: undefined,
    });
  });

  it('scenarios are named, each once', () => {
    expect(read('replay', '--list', 'replay')).toMatchObject({ scenarios: ['replay'], list: true });
  });

  it('--seconds, --rounds and --json are taken over', () => {
    const given = read('--seconds', '0.5', '--rounds=7', '--json', 'out.json');
    expect(given).toMatchObject({ seconds: 0.5, rounds: 7, json: 'out.json' });
  });

  it('--quick shortens what is not given', () => {
    expect(read('--quick')).toMatchObject({ quick: true, seconds: 0.2, rounds: 2 });
    expect(read('--quick', '--rounds', '3')).toMatchObject({ seconds: 0.2, rounds: 3 });
  });

  it.each([
    [['no-such'], /There is no scenario no-such; there are replay, fan-out/],
    [['--seconds', '0'], /--seconds must be a number above 0, not '0'/],
    [['--seconds', 'soon'], /'soon'/],
    [['--seconds', 'Infinity'], /'Infinity'/],
    [['--seconds'], /seconds/],
    [['--rounds', '2.5'], /--rounds must be a whole number/],
    [['--rounds=-1'], /--rounds must be a number above 0/],
    [['--fast'], /--fast/],
  ])('%p is refused with the reason', (args, reason) => {
    expect(() => read(...args)).toThrow(ArgumentError);
    expect(() => read(...args)).toThrow(reason);
  });
});
