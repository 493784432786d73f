import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../arguments/usage-error.js';
import { parseUrl } from '../connection/target.js';
import { clientDialect, DIALECT_NAMES, guessDialect } from './client-dialects.js';

describe('the protocol of a URL', () => {
  it.each([
    ['ws://node/v1a/event_ws', 'hathor-events'],
    ['wss://node:8080/event_ws/', 'hathor-events'],
    ['ws://node/v1a/mining_ws', 'hathor-mining'],
    ['http://node/mining', 'hathor-mining'],
    ['https://node/v1a/ws/', 'hathor'],
    ['node:8080/ws', 'hathor'],
    ['ws://127.0.0.1:7078/ws', 'nano'],
    ['[::1]:7078', 'nano'],
    ['127.0.0.1:5053', 'lighthouse'],
    ['localhost:9985', 'bigchaindb'],
    ['wss://node/proxy/api/v1/streams/valid_transactions', 'bigchaindb'],
    ['localhost:5000', 'basalt'],
    ['wss://node/WS/Blocks/', 'basalt'],
    ['ws://node/', undefined],
    ['ws://node/ws/else', undefined],
  ])('%s: %s', (url, name) => {
    expect(guessDialect(parseUrl(url))).toBe(name);
  });

  it.each(['', 'ftp://node', 'ws://', 'a b', 'http://node:99999'])('%j is none', (text) => {
    expect(() => parseUrl(text)).toThrow(UsageError);
  });
});

describe('what comes from a server', () => {
  const texts = [
    '',
    'no JSON',
    'null',
    '[]',
    '5',
    '"text"',
    '{}',
    '{"type":5}',
    '{"event":{}}',
    '{"id":null}',
  ];

  it.each(DIALECT_NAMES)('%s: is shown, whatever it is', (name) => {
    const dialect = clientDialect(name);
    const client = dialect.client({});
    client.open();
    for (const text of texts) {
      const message = dialect.read(text);
      expect([message.text, typeof message.type]).toEqual([text, 'string']);
      expect(client.take(message)).toMatchObject({ findings: [], wanted: true });
    }
  });

  it.each(DIALECT_NAMES)('%s: members of any shape do no harm', (name) => {
    const dialect = clientDialect(name);
    const shapes = ['null', '5', '[]', '"x"', '{"hash":[]}', '{"number":"x","hash":{}}'];
    const keys = [
      'type',
      'event',
      'topic',
      'block',
      'data',
      'method',
      'params',
      'result',
      'error',
      'ack',
      'transaction_id',
      'seq',
    ];
    const types = [
      'EVENT',
      'beacon_head_changed',
      'confirmation',
      'vote',
      'stream:history:vertex',
      'mining.notify',
      'new_block',
    ];
    for (const shape of shapes) {
      for (const type of types) {
        const members = keys.map(
          (key) => `"${key}":${key === 'type' || key === 'topic' ? `"${type}"` : shape}`,
        );
        const message = dialect.read(`{${members.join(',')}}`);
        expect(typeof message.summary).toBe('string');
        dialect.client({}).take(message);
      }
    }
  });
});
