import { describe, expect, it } from '@jest/globals';
import { SluiceError } from '../errors.js';
import { fakeSession } from '../testing/fake-session.js';
import type { Command } from './codec.js';
import { jsonRpcFaults } from './json-rpc-faults.js';
import { jsonRpc, jsonRpcNotification, type JsonRpcCodecOptions } from './json-rpc.codec.js';

const methods = { 'mining.refresh': [], 'mining.submit': ['hexdata', 'optimistic?'] };

const decode = (text: string | Buffer, options: JsonRpcCodecOptions = {}) =>
  jsonRpc(options).decode(Buffer.from(text), false);

/** What the codec makes of a request: the handler's name and data, or the fault's code and whether it closes. */
function fate(
  text: string | Buffer,
  options: JsonRpcCodecOptions = { params: methods },
  tell: (error: SluiceError) => unknown = answer,
): unknown[] {
  try {
    return decode(text, options).map((decoded) =>
      decoded instanceof SluiceError ? tell(decoded) : [decoded.name, decoded.data],
    );
  } catch (error) {
    return [tell(error as SluiceError)];
  }
}

/** What a dialect tells faults apart by. */
const reason = ({ code, details }: SluiceError) => `${code} ${String(details.reason)}`;

function answer(error: SluiceError): unknown {
  const action = jsonRpcFaults(error, { session: fakeSession().session, text: '' });
  if (action.action !== 'reply' && action.action !== 'close') return action.action;
  const { id, error: fault, result } = action.message as Record<string, unknown>;
  expect([id, result]).toEqual([null, null]);
  return [action.action, (fault as { code: number }).code];
}

describe('jsonRpc', () => {
  it.each<[string, string | Buffer, unknown[]]>([
    ['text that is not JSON', '{"method":', [['close', -32700]]],
    ['bytes that are not UTF-8', Buffer.from([0xff]), [['close', -32700]]],
    ['an object without method', '{"id":1}', [['close', -32600]]],
    ['a response', '{"id":1,"result":true,"error":null}', [['close', -32600]]],
    ['a method that is no string', '{"id":1,"method":5}', [['close', -32603]]],
    ['a method that is null', '{"id":1,"method":null}', [['close', -32603]]],
    ['a message that is no object', '"mining.refresh"', [['close', -32603]]],
    ['null', 'null', [['close', -32603]]],
    ['an empty batch', '[]', []],
    ['no params', '{"id":3,"method":"mining.refresh"}', [['mining.refresh', {}]]],
    ['empty params', '{"id":3,"method":"mining.refresh","params":[]}', [['mining.refresh', {}]]],
    ['params null', '{"id":3,"method":"mining.refresh","params":null}', [['reply', -32602]]],
    ['params a scalar', '{"id":3,"method":"mining.refresh","params":"x"}', [['reply', -32602]]],
    ['a surplus param', '{"id":3,"method":"mining.refresh","params":[1]}', [['reply', -32602]]],
    ['an unknown param', '{"method":"mining.refresh","params":{"a":1}}', [['reply', -32602]]],
    ['a param called __proto__', '{"method":"mining.refresh","params":{"__proto__":1}}', [['reply', -32602]]],
    ['a missing positional param', '{"method":"mining.submit","params":[]}', [['reply', -32602]]],
    ['a missing param', '{"method":"mining.submit","params":{"optimistic":true}}', [['reply', -32602]]],
    ['three positional params', '{"method":"mining.submit","params":["a",1,2]}', [['reply', -32602]]],
    ['params by name', '{"method":"mining.submit","params":{"hexdata":"a"}}', [['mining.submit', { hexdata: 'a' }]]],
    ['params by position', '{"method":"mining.submit","params":["a",1]}', [['mining.submit', { hexdata: 'a', optimistic: 1 }]]],
    ['an undeclared method, whatever its params', '{"method":"nope","params":null}', [['nope', null]]],
    ['a method named like a member of objects', '{"method":"constructor","params":[1]}', [['constructor', [1]]]],
    ['a batch', '[{"method":"mining.refresh"},5,{},{"method":"mining.refresh","params":[1]},[]]',
      [['mining.refresh', {}], ['close', -32603], ['close', -32600], ['reply', -32602], ['close', -32603]]],
  ])('tells what to do with %s', (_, text, expected) => {
    expect(fate(text)).toEqual(expected);
  }); // prettier-ignore

  it.each<[string, string | Buffer, string]>([
    ['text that is not JSON', '{', 'MALFORMED syntax'],
    ['bytes that are not UTF-8', Buffer.from([0xff]), 'MALFORMED utf8'],
    ['a batch of too many requests', '[1,2,3]', 'LIMIT batch'],
    ['a message that is no object', '5', 'INVALID shape'],
    ['an object without method', '{}', 'UNKNOWN_COMMAND absent'],
    ['a method that is no string', '{"method":5}', 'UNKNOWN_COMMAND type'],
    ['params that are a scalar', '{"method":"mining.refresh","params":5}', 'INVALID params'],
    ['params that do not fit', '{"method":"mining.refresh","params":[1]}', 'INVALID params'],
  ])('gives the reason why %s is no command', (_, text, expected) => {
    expect(fate(text, { params: methods, batch: 2 }, reason)).toEqual([expected]);
  });

  it('reads binary frames like text unless told otherwise', () => {
    const request = Buffer.from('{"method":"a"}');
    expect(jsonRpc().decode(request, true)).toMatchObject([{ name: 'a' }]);
    expect(() => jsonRpc({ binary: false }).decode(request, true)).toThrow(SluiceError);
  });

  it('hands params on as they came where no method is declared', () => {
    const request = (params: string) => `{"method":"a","params":${params}}`;
    expect(fate(request('[1,2]'), {})).toEqual([['a', [1, 2]]]);
    expect(fate(request('{"x":1}'), {})).toEqual([['a', { x: 1 }]]);
    expect(fate('{"method":"a"}', {})).toEqual([['a', {}]]);
    expect(fate(request('null'), {})).toEqual([['reply', -32602]]);
  });

  it('takes an underscore for the dot if told so', () => {
    const text = '{"method":"mining_submit","params":["a"]}';
    const data = { hexdata: 'a' };
    expect(fate(text, { params: methods, underscore: true })).toEqual([['mining.submit', data]]);
    expect(fate(text)).toEqual([['mining_submit', ['a']]]);
  });

  it('refuses a batch of more requests than it may have, whole', () => {
    const batch = (size: number) => JSON.stringify(Array(size).fill({ method: 'a' }));
    expect(fate(batch(3), { batch: 3 })).toHaveLength(3);
    expect(fate(batch(4), { batch: 3 })).toEqual([['close', -32603]]);
    expect(fate(batch(1001))).toEqual([['close', -32603]]);
  });

  it.each(['0', '""', '"a"', 'false', '[1]', '{"a":null}', '1.5', '340282366920938463463374607431768211455'])(
    'answers a request with the id %s in full',
    (id) => {
      const codec = jsonRpc();
      const [command] = decode(`{"jsonrpc":"2.0","id":${id},"method":"a"}`) as [Command];
      const text = codec.encode(codec.reply({ score: 2n ** 70n }, command));
      expect(text).toBe(`{"id":${id},"error":null,"result":{"score":1180591620717411303424}}`);
      expect(codec.reply(undefined, command)).toMatchObject({ result: null });
      expect(codec.reply(false, command)).toMatchObject({ result: false });
    },
  ); // prettier-ignore

  it.each(['{"method":"a"}', '{"method":"a","id":null}'])('does not answer %s', (text) => {
    const [command] = decode(text) as [Command];
    expect(jsonRpc().reply(true, command)).toBeUndefined();
  });

  it('notifies clients with a null id', () => {
    const text = jsonRpc().encode(jsonRpcNotification('mining.notify', [{ height: 1 }]));
    expect(text).toBe('{"id":null,"method":"mining.notify","params":[{"height":1}]}');
  });
});

describe('jsonRpcFaults', () => {
  it.each<[SluiceError, string, number, string]>([
    [new SluiceError('MALFORMED', 'secret'), 'close', -32700, 'Parse error'],
    [new SluiceError('UNKNOWN_COMMAND', 'no method', { details: { reason: 'absent' } }), 'close', -32600, 'Invalid Request'],
    [new SluiceError('UNKNOWN_COMMAND', 'no handler'), 'reply', -32601, 'Method not found'],
    [new SluiceError('INVALID', 'a pipe refused'), 'reply', -32602, 'Invalid params'],
    [new SluiceError('FORBIDDEN', 'a guard refused'), 'close', -32603, 'Internal error'],
    [new SluiceError('LIMIT', 'too many'), 'close', -32603, 'Internal error'],
    [new SluiceError('STATE', 'not now'), 'close', -32603, 'Internal error'],
    [new SluiceError('INTERNAL', 'secret'), 'close', -32603, 'Internal error'],
  ])('answers %s with a standard text alone, and closes without a code', (error, action, code, message) => {
    const context = { session: fakeSession().session, text: '' };
    expect(jsonRpcFaults(error, context)).toEqual({
      action,
      message: { id: null, error: { code, message }, result: null },
    });
  }); // prettier-ignore
});
