import { describe, expect, it } from '@jest/globals';
import { ArgumentError, readArguments } from './arguments.js';

const KNOWN = ['replay', 'fan-out'];
const read = (...args: string[]) => readArguments(args, KNOWN);

describe('arguments', () => {
  it('without any, every scenario is measured for three rounds', () => {
    expect(read()).toEqual({
      scenarios: [],
      seconds: 0.5,
      rounds: 3,
      size: 'full',
      cases: [],
      servers: [],
      list: false,
      help: false,
      json: undefined,
      markdown: undefined,
      from: [],
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
    expect(read('--quick')).toMatchObject({ size: 'quick', seconds: 0.2, rounds: 2 });
    expect(read('--quick', '--rounds', '3')).toMatchObject({ seconds: 0.2, rounds: 3 });
  });

  it('--short is a size of its own', () => {
    expect(read('--short')).toMatchObject({ size: 'short', rounds: 7 });
  });

  it('--servers and --from may be given several times; names of servers have commas', () => {
    const given = read('--servers', 'ws, string', '--servers', 'Bun', '--from=a.json');
    expect(given).toMatchObject({ servers: ['ws, string', 'Bun'], from: ['a.json'] });
  });

  it.each([
    [['--quick', '--short'], /exclude each other/],
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
