import { describe, expect, it } from '@jest/globals';
import { basaltEnvironment } from './basalt-environment.js';
import { basaltSettings } from './basalt.settings.js';

const settings = (environment: Record<string, string>) =>
  basaltSettings(basaltEnvironment(environment));

describe('the environment of a node', () => {
  it('leaves everything at its default where nothing is set', () => {
    expect(basaltEnvironment({ BASALT_MODE: '', ASPNETCORE_URLS: ' ' })).toEqual({});
    expect(settings({})).toMatchObject({
      port: 5000,
      address: 'localhost',
      isRpc: false,
      debug: false,
      requestBudget: undefined,
      limits: { connections: 1000 },
    });
  });

  it.each<[Record<string, string>, object]>([
    [{ ASPNETCORE_URLS: 'http://localhost:5000' }, { port: 5000, address: ['localhost'] }],
    [{ ASPNETCORE_URLS: 'http://+:5000' }, { port: 5000, address: '*' }],
    [{ ASPNETCORE_URLS: 'http://*:80/' }, { port: 80, address: '*' }],
    [{ ASPNETCORE_URLS: 'http://0.0.0.0:5100' }, { port: 5100, address: '*' }],
    [{ ASPNETCORE_URLS: 'http://[::]:5100' }, { port: 5100, address: '*' }],
    [{ ASPNETCORE_URLS: 'HTTP://10.0.0.7' }, { port: 80, address: ['10.0.0.7'] }],
    [
      { ASPNETCORE_URLS: 'http://127.0.0.1:5000;http://[::1]:5000' },
      { port: 5000, address: ['127.0.0.1', '::1'] },
    ],
    [{ HTTP_PORT: '5200' }, { port: 5200 }],
    [
      { HTTP_PORT: '5200', ASPNETCORE_URLS: 'http://+:5000' },
      { port: 5000, address: '*' },
    ],
    [{ BASALT_DEBUG: '1' }, { debug: true }],
    [{ BASALT_DEBUG: '0' }, {}],
    [{ BASALT_SYNC_SOURCE: 'http://a, http://b' }, { syncSource: ['http://a', 'http://b'] }],
    [{ BASALT_MODE: 'Standalone' }, { mode: 'standalone' }],
  ])('understands %j', (environment, options) => {
    expect(basaltEnvironment(environment)).toEqual(options);
  });

  it('basalt §14.18 stops the start in RPC mode without a source, and says which variable is missing', () => {
    expect(() => settings({ BASALT_MODE: 'rpc' })).toThrow('BASALT_SYNC_SOURCE');
    expect(() => settings({ BASALT_MODE: 'rpc', BASALT_SYNC_SOURCE: '' })).toThrow(
      'BASALT_SYNC_SOURCE',
    );
  });

  it('basalt §14.19 understands modes in any case', () => {
    const found = settings({ BASALT_MODE: 'RPC', BASALT_SYNC_SOURCE: 'http://validator-0:5000/' });
    expect(found).toMatchObject({ isRpc: true, sources: ['http://validator-0:5000'] });
  });

  it.each<[Record<string, string>, string]>([
    [{ BASALT_MODE: 'miner' }, 'BASALT_MODE'],
    [{ BASALT_MODE: 'rpc', BASALT_SYNC_SOURCE: 'ws://a' }, 'BASALT_SYNC_SOURCE'],
    [{ ASPNETCORE_URLS: 'https://+:5001' }, 'ASPNETCORE_URLS'],
    [{ ASPNETCORE_URLS: 'http://+:5000;http://+:5001' }, 'ASPNETCORE_URLS'],
    [{ ASPNETCORE_URLS: 'http://+:0' }, 'ASPNETCORE_URLS'],
    [{ HTTP_PORT: 'five' }, 'HTTP_PORT'],
  ])('refuses %j and names the variable', (environment, name) => {
    expect(() => settings(environment)).toThrow(name);
  });

  it.each([1, 2])('refuses to open CORS on chain %i', (chainId) => {
    expect(() => basaltSettings({ debug: true, chainId })).toThrow('BASALT_DEBUG');
    expect(basaltSettings({ debug: true, chainId: 31_337 }).debug).toBe(true);
  });

  it('a source means nothing outside RPC mode', () => {
    expect(settings({ BASALT_SYNC_SOURCE: 'http://a' })).toMatchObject({
      isRpc: false,
      sources: [],
    });
  });

  it('follows as the page or the node does', () => {
    expect(basaltSettings({}).follow).toMatchObject({ by: 'stream', announce: 'every-block' });
    expect(basaltSettings({ compat: 'node' }).follow).toMatchObject({
      by: 'poll',
      announce: 'latest-only',
    });
  });

  it('has the budget of a node, or the one it is given', () => {
    const budget = (options: object) => basaltSettings(options).requestBudget;
    expect(budget({ requestBudget: true })).toBe(100);
    expect(budget({ requestBudget: true, mode: 'rpc', syncSource: 'http://a' })).toBe(1000);
    expect(budget({ requestBudget: 7 })).toBe(7);
    expect(budget({ requestBudget: false })).toBeUndefined();
  });

  it.each(['http://me:secret@a', 'http://a/?chain=1', 'http://a/#top', 'ftp://a', 'a:5000'])(
    'refuses to follow %s',
    (syncSource) => {
      expect(() => basaltSettings({ mode: 'rpc', syncSource })).toThrow('BASALT_SYNC_SOURCE');
    },
  );

  it('names everything that cannot be used', () => {
    const follow = { window: -1, pauseMs: NaN, retryMs: [0, 0.5] } as const;
    const wrong = { requestBudget: 0, chainId: 0.5, follow };
    expect(() => basaltSettings(wrong)).toThrow(
      /chainId.*requestBudget.*window.*pauseMs.*retryMs\[0\].*retryMs\[1\]/s,
    );
    const reversed = { follow: { retryMs: [2000, 1000] } } as const;
    expect(() => basaltSettings(reversed)).toThrow('retryMs');
  });
});
