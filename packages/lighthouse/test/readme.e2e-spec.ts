import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TestClient } from '@sluice/testing';
import { readFile } from 'node:fs/promises';
import { SessionRegistry } from '@sluice/nestjs';
import { LIGHTHOUSE_OPTIONS } from '../src/lighthouse.tokens.js';
import { lighthouseSettings } from '../src/lighthouse.settings.js';
import type { BlockImported } from '../src/index.js';
import { RELAY_DEFAULTS } from '../src/relay/beacon-relay.options.js';
import { AppModule, BeaconNode } from './beacon.module.js';
import { eventOf, golden } from './support/vectors.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  it.each(['./beacon.module.ts', './relay.module.ts'])('shows the program %s', async (file) => {
    const shown = (await read(file))
      .replace("'../src/index.js'", "'@sluice/lighthouse'")
      .replace("'../src/relay/index.js'", "'@sluice/lighthouse/relay'");
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${shown}\`\`\``);
  });

  it.each(['README.md', 'PROTOCOL.md', 'LICENSE'])('ships with %s', async (file) => {
    const { files } = JSON.parse(await read('../package.json')) as { files: string[] };
    expect([...files, 'README.md', 'LICENSE']).toContain(file);
    expect(await read(`../${file}`)).not.toBe('');
  });

  it('tells the default of every option', async () => {
    const { limits, tls, ...settings } = lighthouseSettings({});
    expect(tls).toBeUndefined();
    const text = await read('../README.md');
    for (const [option, value] of Object.entries({ ...settings, compat: 'published' })) {
      const shown = JSON.stringify(value).replaceAll('"', '');
      expect(text).toMatch(new RegExp(`^\\| \`${option}\` +\\| \`${shown}\``, 'm'));
    }
    expect(text).toMatch(/^\| `tls` +\| none +\|/m);
    expect(text).toContain(`${String(limits.connections)} connections`);
    for (const [option, value] of Object.entries(RELAY_DEFAULTS)) {
      expect(text).toMatch(new RegExp(`^\\| \`${option}\` +\\| \`${String(value)}\``, 'm'));
    }
  });
});

describe("the README's program", () => {
  let app: INestApplication;
  let client: TestClient;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(LIGHTHOUSE_OPTIONS)
      .useValue({ port: 'free' })
      .compile();
    app = module.createNestApplication({ logger: false });
    await app.listen(0, '127.0.0.1');
    const [endpoint] = app.get(SessionRegistry).endpoints;
    client = await TestClient.connect(`ws://127.0.0.1:${String(endpoint?.port)}`);
  });
  afterAll(async () => {
    await client[Symbol.asyncDispose]();
    await app.close();
  });

  it('sends what a node would', async () => {
    const frame = golden('event-beacon_block_imported-empty-body').plain;
    const { block, block_root } = eventOf(frame).data as Required<BlockImported>;
    const node = app.get(BeaconNode);
    await node.newHead(block, block_root, 7328n);
    expect(await client.next()).toBe(frame);
    expect(await client.takeJson(2)).toEqual([
      { event: 'beacon_finalization', data: { epoch: 7328, root: block_root } },
      {
        event: 'beacon_head_changed',
        data: {
          reorg: false,
          current_head_beacon_block_root: block_root,
          previous_head_beacon_block_root: block.message.parent_root,
        },
      },
    ]);
    await node.refuse(block);
    expect(await client.nextJson()).toMatchObject({ event: 'beacon_block_rejected' });
  });
});
