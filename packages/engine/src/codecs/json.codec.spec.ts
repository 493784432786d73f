import { describe, expect, it } from '@jest/globals';
import { SluiceError } from '../errors.js';
import type { Command } from './codec.js';
import { json, type JsonCodecOptions } from './json.codec.js';

/** The frame's outcome in one word: the command's name, or the error's code and reason. */
function outcome(payload: string | Buffer, options?: JsonCodecOptions, binary = false): string {
  try {
    const [decoded, ...others] = json(options).decode(Buffer.from(payload), binary);
    if (others.length > 0 || decoded === undefined) return 'not one command';
    return decoded instanceof SluiceError ? describeFault(decoded) : decoded.name;
  } catch (error) {
    return `thrown ${describeFault(error as SluiceError)}`;
  }
}

const describeFault = ({ code, details }: SluiceError) => `${code} ${String(details.reason)}`;

function decodeOne(text: string, options?: JsonCodecOptions): Command {
  const [command] = json(options).decode(Buffer.from(text), false);
  if (command === undefined || command instanceof SluiceError) throw new Error('no command');
  return command;
}

describe('json', () => {
  it.each<[string, string | Buffer, string]>([
    ['an object with a command', '{"type":"ping"}', 'ping'],
    ['an object whose command is empty', '{"type":""}', ''],
    ['no JSON', '{"type":"ping",}', 'thrown MALFORMED syntax'],
    ['nothing', '', 'thrown MALFORMED syntax'],
    ['two documents', '{} {}', 'thrown MALFORMED syntax'],
    ['a depth bomb', '['.repeat(1_000_000), 'thrown MALFORMED syntax'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'thrown MALFORMED utf8'],
    ['an overlong encoding', Buffer.from([0x22, 0xc0, 0x80, 0x22]), 'thrown MALFORMED utf8'],
    ['an array', '[]', 'INVALID shape'],
    ['a string', '"ping"', 'INVALID shape'],
    ['a number', '5', 'INVALID shape'],
    ['a big integer', '18446744073709551616', 'INVALID shape'],
    ['null', 'null', 'INVALID shape'],
    ['no command', '{"action":"ping"}', 'UNKNOWN_COMMAND absent'],
    ['a command that is a number', '{"type":5}', 'UNKNOWN_COMMAND type'],
    ['a command that is null', '{"type":null}', 'UNKNOWN_COMMAND type'],
  ])('tells what %s is', (_, payload, expected) => {
    expect(outcome(payload)).toBe(expected);
  });

  it('takes names from the object itself only', () => {
    expect(outcome('{}', { command: 'constructor' })).toBe('UNKNOWN_COMMAND absent');
    expect(outcome('{"__proto__":{"type":"ping"}}')).toBe('UNKNOWN_COMMAND absent');
  });

  it('reads binary frames like text unless told otherwise', () => {
    const ping = '{"action":"ping"}';
    expect(outcome(ping, { command: 'action' }, true)).toBe('ping');
    const refused = outcome(ping, { command: 'action', binary: false }, true);
    expect(refused).toBe('thrown MALFORMED binary');
  });

  it('gives the handler the whole object and keeps the text as it came', () => {
    const text = '{ "type":"é", "n": 18446744073709551616, "id": 1.50 }';
    expect(decodeOne(text)).toEqual({
      name: 'é',
      data: { type: 'é', n: 18446744073709551616n, id: 1.5 },
      text,
    });
  });

  it('sends results as they are, without ids unless asked for', () => {
    const codec = json();
    const command = decodeOne('{"type":"ping","id":1}');
    const result = { type: 'pong' };
    expect(codec.reply(result, command)).toBe(result);
    expect(codec.reply(undefined, command)).toBeUndefined();
    expect(codec.encode({ n: 2n ** 64n, é: undefined })).toBe('{"n":18446744073709551616}');
  });

  it.each([['1'], ['"a"'], ['null'], ['0'], ['""'], ['{"a":[18446744073709551616]}']])(
    'echoes the id %s',
    (id) => {
      const codec = json({ id: 'ref' });
      const reply = codec.reply({ ok: 1 }, decodeOne(`{"type":"a","ref":${id}}`, { id: 'ref' }));
      expect(codec.encode(reply)).toBe(`{"ok":1,"ref":${id}}`);
    },
  );

  it('adds no id where the request had none, or the reply is no object', () => {
    const codec = json({ id: 'id' });
    const result = { ok: 1 };
    expect(codec.reply(result, decodeOne('{"type":"a"}', { id: 'id' }))).toBe(result);
    const withId = decodeOne('{"type":"a","id":7}', { id: 'id' });
    expect(codec.reply('pong', withId)).toBe('pong');
    expect(codec.reply(undefined, withId)).toBeUndefined();
  });

  describe('adds the id to what JSON would have for a result', () => {
    class Amount {
      readonly paid = new Date(0);
      constructor(private readonly digits: bigint) {}
      toJSON(key: string): unknown {
        return { key, digits: String(this.digits), paid: this.paid };
      }
    }
    class Plain {
      readonly at = new Date(0);
      readonly of = [new Amount(2n)];
      readonly left = undefined;
      get count(): number {
        return this.of.length;
      }
    }
    const itself = { a: 1, toJSON: () => itself };
    const other = { a: 1, toJSON: () => ({ b: 2, toJSON: () => 'not asked' }) };

    it.each<[string, object]>([
      ['an instance with toJSON', new Amount(2n ** 64n)],
      ['an instance without', new Plain()],
      ['an object that has toJSON itself', itself],
      ['an object whose JSON has toJSON', other],
      ['a member toJSON that is no function', { toJSON: 1 }],
      ['an object whose JSON is a date', { toJSON: () => new Date(0) }],
      ['an array with toJSON', Object.assign([1], { toJSON: () => ({ first: 1 }) })],
      ['an object without prototype', Object.assign(Object.create(null) as object, { a: 1 })],
      ['a member __proto__', JSON.parse('{"__proto__":{"a":1}}') as object],
      ['a map', new Map([[1, 2]])],
      ['an id of its own', { id: 1, ok: 1 }],
    ])('where it is %s', (_, result) => {
      const codec = json({ id: 'id' });
      const text = codec.encode(
        codec.reply(result, decodeOne('{"type":"a","id":7}', { id: 'id' })),
      );
      const members = JSON.parse(JSON.stringify(result)) as object;
      expect(text).toBe(JSON.stringify({ ...members, id: 7 }));
    });

    it.each<[string, object]>([
      ['a date', new Date(0)],
      ['an instance whose JSON is an array', { toJSON: () => [1] }],
      ['an instance whose JSON is null', { toJSON: () => null }],
      ['a string in an object', Object('pong') as object],
    ])('and none where it is %s', (_, result) => {
      const codec = json({ id: 'id' });
      const text = codec.encode(
        codec.reply(result, decodeOne('{"type":"a","id":7}', { id: 'id' })),
      );
      expect(text).toBe(JSON.stringify(result));
    });
  });

  it('builds replies as the endpoint wants them', () => {
    const codec = json({ id: 'id', reply: (result, { name }) => ({ re: name, result }) });
    const command = decodeOne('{"type":"a","id":7}', { id: 'id' });
    expect(codec.reply(undefined, command)).toEqual({ re: 'a', result: undefined, id: 7 });
  });
});
