import { describe, expect, it } from '@jest/globals';
import { objectSchema } from './json-schema.js';
import { jsonRpc } from './json-rpc.codec.js';
import { json } from './json.codec.js';

describe('objectSchema', () => {
  it('wants every member, but those that end in a question mark, and no other', () => {
    expect(objectSchema({ id: true, 'name?': { type: 'string' } })).toEqual({
      type: 'object',
      properties: { id: true, name: { type: 'string' } },
      required: ['id'],
      additionalProperties: false,
    });
  });

  it('takes a question mark for part of the name where it is not the last letter', () => {
    expect(objectSchema({ 'a?b': true, 'c?d?': true })).toMatchObject({
      properties: { 'a?b': true, 'c?d': true },
      required: ['a?b'],
    });
  });

  it('leaves out what says nothing', () => {
    expect(objectSchema({ 'id?': true }, true)).toEqual({
      type: 'object',
      properties: { id: true },
    });
  });
});

describe('the schema of a request', () => {
  const data = { type: 'object', properties: { symbol: { type: 'string' } } };

  it('of json() is what the handler gets, with the command’s name and the id', () => {
    expect(json({ command: 'action', id: 'id' }).requestSchema?.('subscribe', data)).toEqual({
      type: 'object',
      properties: { action: { const: 'subscribe' }, id: true },
      required: ['action'],
      allOf: [data],
    });
  });

  it('of json() has no id unless requests have one', () => {
    expect(json().requestSchema?.('subscribe', data)).toEqual({
      type: 'object',
      properties: { type: { const: 'subscribe' } },
      required: ['type'],
      allOf: [data],
    });
  });

  it('of jsonRpc() has what the handler gets as parameters', () => {
    expect(jsonRpc().requestSchema?.('mining.refresh', data)).toEqual({
      type: 'object',
      properties: { id: true, method: { const: 'mining.refresh' }, params: data },
      required: ['method'],
    });
  });
});
