import { describe, expect, it } from '@jest/globals';
import { compareTranscripts, transcriptDifferences, type CompareOptions } from './compare.js';
import { dropMembers, mapMember } from './normalisers.js';
import { Transcript } from './transcript.js';

function said(...messages: (string | Buffer)[]): Transcript {
  return new Transcript(messages.map((data, at) => ({ at, dir: 'in', data })));
}

function difference(a: string | Buffer, b: string | Buffer, options?: CompareOptions) {
  return compareTranscripts(said(a), said(b), options)?.message;
}

describe('compareTranscripts', () => {
  it('finds nothing in equal conversations, whatever their time, spacing and member order', () => {
    const later = new Transcript([{ at: 99, dir: 'in', data: '{ "b": [2], "a": 1 }' }]);
    expect(compareTranscripts(said('{"a":1,"b":[2]}'), later)).toBeUndefined();
    expect(difference('plain', 'plain')).toBeUndefined();
    expect(difference(Buffer.of(1), Buffer.of(1))).toBeUndefined();
  });

  it.each([
    ['a value', '{"a":[{"b":1}]}', '{"a":[{"b":2}]}', '$.a[0].b: expected 1, got 2'],
    ['a type', '{"a":1}', '{"a":"1"}', '$.a: expected 1, got "1"'],
    ['null and an object', '{"a":null}', '{"a":{}}', '$.a: expected null, got {}'],
    ['an array and an object', '{"a":[]}', '{"a":{}}', '$.a: expected [], got {}'],
    ['a missing member', '{"a":null}', '{}', '$.a: expected null, got nothing'],
    ['a new member', '{}', '{"a":{"b":1}}', '$.a: expected nothing, got {"b":1}'],
    ['a longer array', '[1]', '[1,2]', '$[1]: expected nothing, got 2'],
    ['a text that is no JSON', 'one', 'two', '$: expected "one", got "two"'],
    [
      'a digit beyond 2^53',
      '[9007199254740993]',
      '[9007199254740992]',
      '$[0]: expected 9007199254740993, got 9007199254740992',
    ],
    ['text and bytes', 'AQ==', Buffer.of(1), '$: expected text, got bytes'],
    ['JSON and a text', '"one"', 'one', '$: expected JSON, got text'],
  ])('names %s', (_, a, b, message) => {
    expect(difference(a, b)).toBe(`message 0 (in; 1 expected, 1 there) differs at ${message}`);
  });

  it('names the message, also one that only one side has', () => {
    const found = compareTranscripts(said('1', '2'), said('1'));
    expect(found).toMatchObject({ index: 1, expected: 2, actual: undefined });
    expect(found?.message).toBe(
      'message 1 (in; 2 expected, 1 there) differs at $: expected 2, got nothing',
    );
  });

  it('finds one difference for each pair of messages', () => {
    const found = transcriptDifferences(said('1', '2', '[3]'), said('0', '2', '[4,5]', '6'));
    expect(Array.from(found, ({ index, actual }) => [index, actual])).toEqual([
      [0, 0],
      [2, [4, 5]],
      [3, 6],
    ]);
    expect([...transcriptDifferences(said('1'), said('1'))]).toEqual([]);
  });

  it('counts the order of members when told so', () => {
    const [a, b] = ['{"x":{"a":1,"b":2}}', '{"x":{"b":2,"a":1}}'];
    expect(difference(a, a, { memberOrder: true })).toBeUndefined();
    expect(difference(a, b, { memberOrder: true })).toContain(
      '$.x: expected the members a, b, got b, a',
    );
  });

  it('compares the messages of one side', () => {
    const [a, b] = ['question', 'other'].map(
      (data) => new Transcript([{ at: 0, dir: 'out', data }]),
    ) as [Transcript, Transcript];
    expect(compareTranscripts(a, b)).toBeUndefined();
    expect(compareTranscripts(a, b, { dir: 'out' })?.index).toBe(0);
  });

  it('leaves out and replaces members at any depth', () => {
    const normalise = [dropMembers('time'), mapMember('peer', () => 'P')];
    const a = '{"peer":"x","event":[{"time":1,"id":1}]}';
    const b = '{"peer":"y","event":[{"time":2,"id":1}]}';
    expect(difference(a, b, { normalise })).toBeUndefined();
    expect(difference(a, '{"event":[{"id":1}]}', { normalise })).toContain('$.peer');
  });
});
