import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { DEFAULTS, LEASE_TTL_MS } from '../src/jetstream-log.options.js';
import { FAULTS } from '../src/log-faults.js';
import { gatewayLog, openGateway, openWriter, writerLog } from './nodes.example.js';
import { NatsServer } from '../src/testing/index.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  it('shows the program', async () => {
    const program = await read('./nodes.example.ts');
    const shown = program.replace("'../src/index.js'", "'@sluice/log-jetstream'");
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${shown}\`\`\``);
  });

  it('tells the default of every option', async () => {
    const text = await read('../README.md');
    const { connection, lease, maxBytes, ...others } = DEFAULTS;
    expect([connection, lease, maxBytes]).toEqual([{}, undefined, undefined]);
    const none = { lease: 'none', connection: 'none', maxBytes: "the server's" };
    const shown = { ...others, 'lease.ttl': LEASE_TTL_MS, ...none };
    for (const [option, value] of Object.entries(shown)) {
      const number = typeof value === 'number' && value >= 10_000;
      const written = number ? value.toLocaleString('en').replace(',', ' ') : String(value);
      expect(text).toMatch(new RegExp(`^\\| \`${option}\` +\\| \`?${written}\`? +\\|`, 'm'));
    }
  });

  it('tells of every fault, with its code', async () => {
    const text = await read('../README.md');
    for (const [reason, [code]] of Object.entries(FAULTS)) {
      expect(text).toMatch(new RegExp(`^\\| \`${reason}\` +\\| \`${code}\` +\\|`, 'm'));
    }
  });
});

describe("the README's program", () => {
  let server: NatsServer;
  beforeAll(async () => (server = await NatsServer.start()));
  afterAll(() => server.end());

  it('brings events from one process to another', async () => {
    const told = new Promise<unknown>((resolve) => {
      jest.spyOn(console, 'log').mockImplementation(resolve);
    });
    const stores = [writerLog(server.url), gatewayLog(server.url)] as const;
    const [writer] = await Promise.all([openWriter(stores[0]), openGateway(stores[1])]);
    await writer.append((id) => `{"id":${id}}`);
    expect(await told).toBe('events from 0: {"id":0}');
    await Promise.all(stores.map((store) => store.close()));
  });
});
