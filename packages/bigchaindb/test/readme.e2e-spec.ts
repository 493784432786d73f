import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { SessionRegistry } from '@sluice/nestjs';
import { TestClient } from '@sluice/testing';
import { readFile } from 'node:fs/promises';
import { WSSERVER_DEFAULTS } from '../src/index.js';
import { LedgerModule } from './ledger.module.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  it('shows the module that is tested here', async () => {
    const program = (await read('./ledger.module.ts')).replace(
      "'../src/index.js'",
      "'@sluice/bigchaindb'",
    );
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${program}\`\`\``);
  });

  it.each(Object.entries(WSSERVER_DEFAULTS))('tells the default of %s, %s', async (key, value) => {
    const row = new RegExp(
      `^\\| \`${key}\` +\\| \`?${String(value)}\`? +\\| \`BIGCHAINDB_WSSERVER_`,
      'm',
    );
    expect(await read('../README.md')).toMatch(row);
  });

  it('shows a module that streams', async () => {
    process.env.BIGCHAINDB_WSSERVER_PORT = '0';
    const app = await NestFactory.create(LedgerModule, { logger: false });
    delete process.env.BIGCHAINDB_WSSERVER_PORT;
    await app.listen(0, '127.0.0.1');
    const [endpoint] = app.get(SessionRegistry).endpoints;
    const client = await TestClient.connect(
      `ws://localhost:${String(endpoint?.port)}/api/v1/streams/valid_transactions`,
    );
    const transactions = [
      { id: '4957744b', operation: 'CREATE', asset: { data: { msg: 'Hello BigchainDB!' } } },
    ];
    await app.get(EventBus).publish('block.committed', { height: 1, transactions });
    expect(await client.next()).toBe(
      '{"height": 1, "asset_id": "4957744b", "transaction_id": "4957744b"}',
    );
    await client.close();
    await app.close();
  });
});
