import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SessionRegistry } from '@sluice/nestjs';
import { TestClient } from '@sluice/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { blockFromJson, multiplierText, type StateBlock } from '../src/wire/index.js';
import { Ledger } from './ledger.module.js';
import { SEND, SENDER } from './support/golden-events.js';
import { settled } from './support/nano-app.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  it('shows the program that is tested here', async () => {
    const program = await read('./ledger.module.ts');
    const shown = program
      .replace("'../src/index.js'", "'@sluice/nano'")
      .replace("'../src/wire/index.js'", "'@sluice/nano/wire'");
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${shown}\`\`\``);
  });

  it('says what the wire formats say', async () => {
    const shown = multiplierText('ffffff999999999a', 'fffffc0000000000');
    expect(await read('../README.md')).toContain(`'fffffc0000000000'); // ${shown}\n`);
  });

  it.each(['README.md', 'PROTOCOL.md', 'LICENSE'])('ships with %s', async (file) => {
    const { files } = JSON.parse(await read('../package.json')) as { files: string[] };
    const always = ['README.md', 'LICENSE'];
    expect([...files, ...always]).toContain(file);
    expect(await read(`../${file}`)).not.toBe('');
  });
});

describe("the README's program", () => {
  let app: INestApplication;
  let url: string;
  const block = SEND.block as StateBlock;

  beforeEach(async () => {
    process.env.NANO_PORT = '0';
    const { AppModule } = await import('./ledger.module.js');
    app = await NestFactory.create(AppModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    const [endpoint] = app.get(SessionRegistry).endpoints;
    url = `ws://[::1]:${endpoint?.port}`;
  });
  afterEach(async () => {
    await app.close();
    delete process.env.NANO_PORT;
  });

  const ledger = () => app.get<Ledger>(Ledger, { strict: false });

  it('tells what the ledger accepts', async () => {
    await using client = await TestClient.connect(url);
    client.send({ action: 'subscribe', topic: 'new_unconfirmed_block' });
    const options = { all_local_accounts: true };
    client.send({ action: 'subscribe', topic: 'confirmation', options });
    await settled(client);
    await ledger().accept(block);
    ledger().own.add(SENDER);
    await ledger().accept({ ...block, balance: 5n });
    await ledger().accept(
      blockFromJson({ ...block, work: '0'.repeat(16), balance: '3' }) as StateBlock,
    );
    expect(await client.takeJson(5)).toMatchObject([
      { topic: 'new_unconfirmed_block', hash: SEND.hash },
      { topic: 'new_unconfirmed_block', message: { subtype: 'receive' } },
      { topic: 'confirmation', message: { account: SENDER, amount: '5' } },
      { topic: 'new_unconfirmed_block', message: { subtype: 'send' } },
      { topic: 'confirmation', message: { account: SENDER, amount: '2' } },
    ]);
  });

  it('is heard by the Node.js client as it stands', async () => {
    const [, code = ''] = /```js\n([^]*?)```/.exec(await read('../README.md')) ?? [];
    expect(code).toContain("'ws://[::1]:7078'");
    const node = spawn(
      process.execPath,
      ['--input-type=module', '-e', code.replace('ws://[::1]:7078', url)],
      { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: node.stdout });
    const confirmations = () => app.get(SessionRegistry).endpoints[0]?.topics.get('confirmation');
    while (confirmations() !== 1 && node.exitCode === null) await new Promise(setImmediate);
    expect(confirmations()).toBe(1);
    const line = once(lines, 'line');
    await ledger().accept({ ...block, balance: 7n });
    expect((await line)[0]).toMatch(/^[0-9A-F]{64} 7$/);
    node.kill();
    await once(node, 'exit');
  });
});
