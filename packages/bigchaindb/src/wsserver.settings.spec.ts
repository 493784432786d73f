import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { wsserverSettings, type WsserverSettings } from './wsserver.settings.js';

interface Setting {
  readonly key: keyof WsserverSettings;
  readonly env: string;
  readonly type: 'string' | 'integer';
  readonly default: string | number;
}

const { settings } = JSON.parse(
  readFileSync(new URL('../test/vectors/config.json', import.meta.url), 'utf8'),
) as { settings: readonly Setting[] };

describe('wsserverSettings', () => {
  it('has the defaults of a node', () => {
    const defaults = Object.fromEntries(settings.map((setting) => [setting.key, setting.default]));
    expect(wsserverSettings({}, {})).toEqual(defaults);
  });

  it.each(settings)('bigchaindb §15.5 $env overrides $key', ({ key, env, type }) => {
    const given = type === 'integer' ? 7 : 'given';
    const configured = { [key]: type === 'integer' ? 8 : 'configured' };
    expect(wsserverSettings(configured, {})[key]).toBe(Object.values(configured)[0]);
    expect(wsserverSettings(configured, { [env]: String(given) })[key]).toBe(given);
  });

  it('takes port 0 as any free one', () => {
    expect(wsserverSettings({}, { BIGCHAINDB_WSSERVER_PORT: '0' }).port).toBe('free');
  });

  it('names every variable that is no port', () => {
    const environment = {
      BIGCHAINDB_WSSERVER_PORT: '65536',
      BIGCHAINDB_WSSERVER_ADVERTISED_PORT: 'x',
    };
    expect(() => wsserverSettings({}, environment)).toThrow(
      "BIGCHAINDB_WSSERVER_PORT cannot be '65536', it is a port; BIGCHAINDB_WSSERVER_ADVERTISED_PORT cannot be 'x', it is a port",
    );
  });
});
