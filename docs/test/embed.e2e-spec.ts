/** The programs of README.md and embed.md, over real sockets. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientPool, TestClient } from '@sluice/testing';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuardedModule } from '../examples/guarded.module.js';

const clients = new ClientPool();
afterEach(() => clients.closeAll());

const urlOf = async (app: INestApplication, path: string): Promise<string> =>
  (await app.getUrl()).replace('http', 'ws') + path;

describe("the README's program", () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-docs-'));
  let app: INestApplication;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    process.env.PORT = '0';
    process.env.EVENT_LOG = folder;
    ({ app } = await import('../examples/embed.js'));
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('is the one that is tested here', () => {
    const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
    expect(read('../../README.md')).toContain(`\`\`\`ts\n${read('../examples/embed.ts')}\`\`\``);
  });

  it('serves what it has published', async () => {
    const client = await clients.connect(await urlOf(app, '/v1a/event_ws'));
    client.send({ type: 'START_STREAM', window_size: 10 });
    expect(await client.takeJson(3)).toMatchObject([
      { event: { id: 0, type: 'LOAD_STARTED' } },
      { event: { id: 1, type: 'LOAD_FINISHED' } },
      { event: { id: 2, type: 'FULL_NODE_CRASHED' } },
    ]);
  });
});

describe('a guarded endpoint', () => {
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    process.env.API_KEY = 'open sesame';
    app = await NestFactory.create(GuardedModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    url = await urlOf(app, '/private');
  });
  afterAll(() => app.close());

  it('lets in who has the key', async () => {
    const client = await clients.connect(url, { headers: { 'X-Api-Key': 'open sesame' } });
    expect(await client.nextJson()).toEqual({ hello: 'open' });
  });

  it.each([
    ['no key', {}, 401],
    ['a wrong key', { 'X-Api-Key': 'open barley' }, 403],
    ['a page of another site', { 'X-Api-Key': 'open sesame', Origin: 'https://evil.example' }, 403],
  ])('refuses %s before the 101', async (_, headers, status) => {
    expect(await TestClient.refused(url, { headers })).toMatchObject({ status });
  });
});
