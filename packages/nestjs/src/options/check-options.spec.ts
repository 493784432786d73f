import { describe, expect, it } from '@jest/globals';
import { json, memoryLog } from '@sluice/engine';
import { checkGatewayOptions, checkModuleOptions } from './check-options.js';
import { OptionsError } from './options.error.js';
import type { SluiceOptions } from './sluice.options.js';

const codec = json();

describe('options of the module', () => {
  it.each<SluiceOptions>([
    {},
    { limits: { connections: Infinity, payloadBytes: 1, keepAliveMs: Infinity } },
    { limits: { keepAliveMs: 1000 } },
    { heartbeat: false },
    { trustedProxies: ['loopback', '10.0.0.0/8', '::1'] },
    { role: 'gateway', log: memoryLog() },
  ])('%j are fine', (options) => {
    expect(checkModuleOptions(options)).toBe(options);
  });

  it('are refused with all faults in one error', () => {
    const options: SluiceOptions = {
      limits: { connections: 0, payloadBytes: 1.5, closeMs: Infinity, keepAliveMs: 999 },
      heartbeat: { intervalMs: NaN, timeoutMs: 2 ** 31 },
      trustedProxies: ['10.0.0.0/8', 'proxy.example'],
      role: 'gateway',
    };
    const check = (): unknown => checkModuleOptions(options);
    expect(check).toThrow(OptionsError);
    expect(check).toThrow(
      [
        'Invalid options of SluiceModule:',
        '- limits.connections: 0 is no whole number from 1',
        '- limits.payloadBytes: 1.5 is no whole number from 1',
        '- limits.closeMs: Infinity is no whole number from 1 to 2147483647',
        '- limits.keepAliveMs: 999 is no whole number from 1000 to 32767000, nor Infinity',
        '- heartbeat.intervalMs: NaN is no whole number from 1 to 2147483647',
        '- heartbeat.timeoutMs: 2147483648 is no whole number from 1 to 2147483647',
        '- trustedProxies: invalid IP address: proxy.example',
        '- role: a gateway needs a `log` that several processes share',
      ].join('\n'),
    );
  });
});

describe('options of a gateway', () => {
  it.each([
    [{ path: 'quotes' }, 'path: The path "quotes" does not start with "/"'],
    [{ path: [] }, 'path: there is none'],
    [{ path: '/:a/:a' }, 'path: The path "/:a/:a" has a parameter twice'],
    [{ path: '/', port: 65_536 }, 'port: 65536 is no port'],
    [
      { path: '/', limits: { pendingCommands: -1 } },
      'limits.pendingCommands: -1 is no whole number from 1',
    ],
    [{ path: '/', shutdown: { code: 1006 } }, 'shutdown.code: 1006 is no code a server may send'],
  ])('%j are refused', (options, fault) => {
    const check = (): void => {
      checkGatewayOptions('QuoteGateway', { ...options, codec });
    };
    expect(check).toThrow(`Invalid options of QuoteGateway:\n- ${fault}`);
  });
});
