import { describe, expect, it } from '@jest/globals';
import { FLAGS, helpText, variableOf } from './flags.js';
import { ConfigError, parseDuration, parseTime, readConfig } from './sample-config.js';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig([], {})).toEqual({
      help: false,
      json: false,
      address: '127.0.0.1',
      ports: {
        hathor: 8080,
        nano: 7078,
        lighthouse: 5053,
        bigchaindb: 9984,
        bigchaindbStream: 9985,
        basalt: 5000,
      },
      controlOpen: false,
      lighthouseAddress: '127.0.0.1',
      dialects: ['hathor', 'nano', 'lighthouse', 'bigchaindb', 'basalt'],
      compat: 'published',
      extensions: false,
      seed: 1,
      source: { kind: 'chain', paceMs: 5000 },
      basalt: {},
      log: 'lmdb',
      nats: ['nats://127.0.0.1:4222'],
      role: 'writer',
      data: 'data',
    });
  });

  it('takes every flag from the environment too, and prefers the flag', () => {
    const environment = { SLUICE_HATHOR_PORT: '9000', SLUICE_SEED: '4', SLUICE_JSON: '1' };
    expect(readConfig(['--seed', '5'], environment)).toMatchObject({
      ports: { hathor: 9000 },
      seed: 5,
      json: true,
    });
  });

  it('takes a gateway and its servers from the environment', () => {
    const environment = {
      SLUICE_LOG: 'jetstream',
      SLUICE_NATS: 'nats://one:4222, two',
      SLUICE_ROLE: 'gateway',
    };
    expect(readConfig([], environment)).toMatchObject({
      log: 'jetstream',
      nats: ['nats://one:4222', 'two'],
      role: 'gateway',
    });
  });

  it('keeps fixed events in memory unless a log is asked for', () => {
    expect(readConfig(['--scenario', 'REORG'], {})).toMatchObject({
      source: { kind: 'scenario', name: 'REORG' },
      log: 'memory',
    });
    expect(readConfig(['--events', 'a.json', '--log', 'lmdb'], {})).toMatchObject({
      source: { kind: 'recording', file: 'a.json' },
      log: 'lmdb',
    });
  });

  it('accepts the ports of all dialects, so that one set of flags fits every version', () => {
    const ports = FLAGS.filter(({ name }) => name.endsWith('-port') && name !== 'ws-port');
    const args = ports.flatMap(({ name }) => [`--${name}`, '0']);
    expect(Object.values(readConfig(args, {}).ports)).toEqual([
      0,
      'free',
      'free',
      0,
      'free',
      'free',
    ]);
  });

  it('reads the variables of a Basalt node, and prefers its own', () => {
    const node = {
      ASPNETCORE_URLS: 'http://+:5200',
      BASALT_MODE: 'RPC',
      BASALT_SYNC_SOURCE: 'http://validator-0:5000',
      BASALT_DEBUG: '1',
    };
    const found = readConfig([], node);
    expect(found.ports.basalt).toBe(5200);
    expect(found.basalt).toEqual({
      address: '*',
      mode: 'rpc',
      syncSource: ['http://validator-0:5000'],
      debug: true,
    });
    expect(readConfig([], { ...node, SLUICE_BASALT_PORT: '5300' }).ports.basalt).toBe(5300);
    expect(readConfig(['--basalt-port', '0'], node).ports.basalt).toBe('free');
  });

  it('hathor §7.83 refuses a scenario together with a recording', () => {
    expect(() => readConfig(['--scenario', 'REORG', '--events', 'a.json'], {})).toThrow(
      '--scenario and --events exclude each other',
    );
  });

  it.each([
    [['--nonsense'], 'nonsense'],
    [['--hathor-port', '65536'], '--hathor-port'],
    [['--basalt-port', 'x'], '--basalt-port'],
    [['--pace', 'quick'], '--pace'],
    [['--seed', '-1'], '--seed'],
    [['--seed', '1.5'], '--seed'],
    [['--start-time', 'yesterday'], '--start-time'],
    [['--compat', 'both'], '--compat'],
    [['--log', 'paper'], '--log'],
    [['--only', 'hathor,bitcoin'], '--only'],
    [['--role', 'reader'], '--role'],
    [['--role', 'gateway'], '--log jetstream'],
    [['--role', 'gateway', '--log', 'jetstream', '--scenario', 'REORG'], '--role'],
    [['--log', 'jetstream', '--nats', 'one,,two'], '--nats'],
  ])('refuses %j and says which flag it is', (args, name) => {
    const read = () => readConfig(args, {});
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
  });

  it('names every flag that cannot be used, not just the first', () => {
    expect(() => readConfig(['--seed', 'x', '--pace', 'y'], {})).toThrow(/--pace.*--seed/);
  });
});

describe('parseDuration', () => {
  it.each([
    ['0', 0],
    ['250ms', 250],
    ['5s', 5000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['3', 3000],
    ['', undefined],
    ['-1s', undefined],
    ['5h', undefined],
  ])('understands %j as %p ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

describe('parseTime', () => {
  it.each([
    ['0', 0],
    ['1700000000', 1_700_000_000],
    ['2020-01-01', 1_577_836_800],
    ['2020-01-01T00:00', 1_577_836_800],
    ['2020-01-01T00:00:03.9', 1_577_836_803],
    ['2020-01-01T01:00:00+01:00', 1_577_836_800],
    ['2020-01-01T00:00:00Z', 1_577_836_800],
    ['2020-13-01', undefined],
    ['2106-02-08', undefined],
    ['4294967296', undefined],
    ['01/02/2020', undefined],
    ['', undefined],
  ])('understands %j as %p s', (text, seconds) => {
    expect(parseTime(text)).toBe(seconds);
  });

  it('gives a chain a clock of its own', () => {
    expect(readConfig([], { SLUICE_START_TIME: '2024-02-29T12:00:00Z' }).source).toEqual({
      kind: 'chain',
      paceMs: 5000,
      startTime: 1_709_208_000,
    });
  });
});

describe('helpText', () => {
  it('names every flag, and the variable that stands for one', () => {
    for (const { name } of FLAGS) expect(helpText()).toContain(`--${name}`);
    expect(variableOf('hathor-port')).toBe('SLUICE_HATHOR_PORT');
  });
});
