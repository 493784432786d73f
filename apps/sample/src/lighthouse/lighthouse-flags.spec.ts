import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from '../config/sample-config.js';

const mounts = (...args: string[]): boolean => readConfig(args, {}).dialects.includes('lighthouse');

describe("the node's flags for its socket", () => {
  it.each<[string[], boolean]>([
    [[], true],
    [['--ws'], true],
    [['--no-ws'], false],
    [['--ws', '--no-ws'], false],
    [['--no-ws', '--ws-port', '1'], false],
    [['--compat', 'node'], false],
    [['--compat', 'node', '--ws-port', '1'], false],
    [['--compat', 'node', '--ws'], true],
    [['--only', 'hathor', '--ws'], false],
  ])('%j: mounted %p', (args, mounted) => {
    expect(mounts(...args)).toBe(mounted);
  });

  it('say where to listen, before the flags of the sample', () => {
    const read = (...args: string[]) => readConfig(args, {});
    expect(read('--ws-port', '1234', '--lighthouse-port', '2').ports.lighthouse).toBe(1234);
    expect(read('--ws-port', '0').ports.lighthouse).toBe('free');
    expect(read('--ws-address', '0.0.0.0')).toMatchObject({
      address: '127.0.0.1',
      lighthouseAddress: '0.0.0.0',
    });
    expect(read('--address', '127.0.0.2').lighthouseAddress).toBe('127.0.0.2');
  });

  it.each([
    [['--ws-address', 'localhost'], 'ws-address is not a valid IPv4 address.'],
    [['--ws-address', '::1'], 'ws-address is not a valid IPv4 address.'],
    [['--ws-port', '65536'], 'ws-port is not a valid u16.'],
    [['--ws-port', '5053x'], 'ws-port is not a valid u16.'],
    [['--ws-port='], 'ws-port is not a valid u16.'],
    [['--zero-ports', '--ws-port', '70000'], 'ws-port is not a valid u16.'],
    [['--no-ws', '--ws-port=-1'], 'ws-port is not a valid u16.'],
  ])('%j is refused in the words of the node', (args, message) => {
    expect(() => readConfig(args, {})).toThrow(new ConfigError(message));
  });

  it('--zero-ports makes every port a free one', () => {
    expect(
      Object.values(
        readConfig(['--zero-ports', '--hathor-port', '80', '--ws-port', '1'], {}).ports,
      ),
    ).toEqual([0, 'free', 'free', 0, 'free', 'free']);
  });
});
