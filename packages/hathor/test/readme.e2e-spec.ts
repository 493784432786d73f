import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TestClient } from '@sluice/testing';
import { readFile } from 'node:fs/promises';
import { HathorChain } from '../src/index.js';
import { AppModule, type Ledger } from './ledger.module.js';
import { BLOCK, REORG } from './support/golden-events.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  it.each(['./ledger.module.ts', './mine.example.ts'])(
    'shows %s, which is tested',
    async (path) => {
      const program = await read(path);
      const shown = program
        .replace("'../src/index.js'", "'@sluice/hathor'")
        .replace("'../src/codec/index.js'", "'@sluice/hathor/codec'");
      expect(await read('../README.md')).toContain(`\`\`\`ts\n${shown}\`\`\``);
    },
  );

  it.each(['README.md', 'PROTOCOL.md', 'LICENSE'])('ships with %s', async (file) => {
    const { files } = JSON.parse(await read('../package.json')) as { files: string[] };
    const always = ['README.md', 'LICENSE'];
    expect([...files, ...always]).toContain(file);
    expect(await read(`../${file}`)).not.toBe('');
  });
});

describe("the README's program", () => {
  let app: INestApplication;
  let client: TestClient;

  beforeEach(async () => {
    app = await NestFactory.create(AppModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    client = await TestClient.connect(`${(await app.getUrl()).replace('http', 'ws')}/v1a/event_ws`);
  });
  afterEach(async () => {
    await client[Symbol.asyncDispose]();
    await app.close();
  });

  it('sends what the ledger accepts and how its best chain changes', async () => {
    const ledger = app.get<HathorChain, Ledger>(HathorChain);
    client.send({ type: 'START_STREAM', window_size: 10 });
    await ledger.accept(BLOCK);
    await ledger.switchChain(REORG, [BLOCK]);
    expect(await client.takeJson(6)).toMatchObject([
      { event: { type: 'LOAD_STARTED' } },
      { event: { type: 'LOAD_FINISHED' } },
      { event: { type: 'NEW_VERTEX_ACCEPTED', data: BLOCK, group_id: null } },
      { event: { type: 'REORG_STARTED', data: REORG, group_id: 0 } },
      { event: { type: 'VERTEX_METADATA_CHANGED', group_id: 0 } },
      { event: { type: 'REORG_FINISHED', group_id: 0 } },
    ]);
  });
});
