import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SessionRegistry } from '@sluice/nestjs';
import { TestClient } from '@sluice/testing';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { blockDocument, blockMessage } from '../src/index.js';
import { toyBlock } from './support/toy-blocks.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  it('shows the program that is tested here', async () => {
    const program = (await read('./ledger.module.ts')).replace(
      "'../src/index.js'",
      "'@sluice/basalt'",
    );
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${program}\`\`\``);
  });

  it.each(['README.md', 'PROTOCOL.md', 'LICENSE'])('ships with %s', async (file) => {
    const { files } = JSON.parse(await read('../package.json')) as { files: string[] };
    expect([...files, 'README.md', 'LICENSE']).toContain(file);
    expect(await read(`../${file}`)).not.toBe('');
  });

  it('shows the gateway as it is, which is short', async () => {
    const gateway = await read('../src/stream/block.gateway.ts');
    const shown = gateway.slice(gateway.indexOf('@ChainGateway'));
    expect(shown.split('\n').length).toBeLessThan(40);
    expect(await read('../README.md')).toContain(shown);
  });
});

/** A port that is free at the moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe("the README's program", () => {
  let app: INestApplication;
  let host: string;

  beforeEach(async () => {
    process.env.ASPNETCORE_URLS = `http://127.0.0.1:${String(await freePort())}`;
    const program = await import('./ledger.module.js');
    app = await NestFactory.create(program.AppModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    const [endpoint] = app.get(SessionRegistry).endpoints;
    host = `127.0.0.1:${String(endpoint?.port)}`;
  });
  afterEach(async () => {
    delete process.env.ASPNETCORE_URLS;
    await app.close();
  });

  it('serves the ledger’s blocks as a node does', async () => {
    const { Ledger } = await import('./ledger.module.js');
    const ledger = app.get(Ledger);
    const [genesis, next] = [toyBlock(0), toyBlock(1)];
    await ledger.add(genesis);
    await using client = await TestClient.connect(`ws://${host}/ws/blocks`);
    expect(await client.next()).toBe(blockMessage('current_block', genesis));
    await ledger.add(next);
    expect(await client.next()).toBe(blockMessage('new_block', next));
    const answer = await fetch(`http://${host}/v1/blocks/1`);
    expect(await answer.text()).toBe(blockDocument(next));
    await client.close();
  });
});
