import { describe, expect, it } from '@jest/globals';
import type { Dialect } from '../check.js';
import { resolveHttp, resolveTarget } from './target.js';

const paths = (dialect: Dialect, url: string): Record<string, string> =>
  Object.fromEntries(Array.from(resolveTarget(dialect, url), ([name, { href }]) => [name, href]));

describe('resolveTarget', () => {
  it.each<[Dialect, string, Record<string, string>]>([
    ['basalt', 'http://node:5000', { '': 'ws://node:5000/ws/blocks' }],
    ['basalt', 'wss://node/chain/ws/blocks?x=1', { '': 'wss://node/chain/ws/blocks?x=1' }],
    [
      'bigchaindb',
      'https://node:9985/',
      { '': 'wss://node:9985/api/v1/streams/valid_transactions' },
    ],
    ['lighthouse', 'ws://[::1]:5053', { '': 'ws://[::1]:5053/' }],
    ['nano', 'ws://[::1]:7078/any', { '': 'ws://[::1]:7078/any' }],
    ['hathor', 'ws://node/v1a/ws/', { ws: 'ws://node/v1a/ws/' }],
    ['hathor', 'ws://node/event_ws', { event_ws: 'ws://node/event_ws' }],
    ['hathor', 'ws://node/mining', { mining_ws: 'ws://node/mining' }],
    [
      'hathor',
      'https://node/',
      {
        ws: 'wss://node/v1a/ws',
        event_ws: 'wss://node/v1a/event_ws',
        mining_ws: 'wss://node/v1a/mining_ws',
      },
    ],
    [
      'hathor',
      'http://node/prefix/v1a/',
      {
        ws: 'ws://node/prefix/v1a/ws',
        event_ws: 'ws://node/prefix/v1a/event_ws',
        mining_ws: 'ws://node/prefix/v1a/mining_ws',
      },
    ],
  ])('%s at %s', (dialect, url, endpoints) => {
    expect(paths(dialect, url)).toEqual(endpoints);
  });

  it.each(['node:5000', 'ftp://node', '', '/ws'])('refuses %j', (url) => {
    expect(() => resolveTarget('basalt', url)).toThrow('expected a ws, wss, http or https URL');
  });
});

describe('resolveHttp', () => {
  const http = (dialect: Dialect, url: string, given?: string): string | undefined =>
    resolveHttp(dialect, resolveTarget(dialect, url), given)?.href;

  it('is on the endpoint’s port, except BigchainDB’s', () => {
    expect(http('basalt', 'wss://node:5000')).toBe('https://node:5000/');
    expect(http('bigchaindb', 'ws://node:9985')).toBe('http://node:9984/');
    expect(http('bigchaindb', 'ws://node:1234')).toBeUndefined();
    expect(http('bigchaindb', 'ws://node:1234', 'http://node:80/')).toBe('http://node/');
  });
});
