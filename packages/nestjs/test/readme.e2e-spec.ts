import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ValidationPipe, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { TestClient } from '@sluice/testing';
import { readFile } from 'node:fs/promises';
import { DEFAULT_HEARTBEAT } from '../src/options/heartbeat.options.js';
import { DEFAULT_LIMITS } from '../src/options/limits.js';
import { QuoteModule } from './quote.gateway.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  it('shows the gateway that is tested here, in under 100 lines', async () => {
    const program = (await read('./quote.gateway.ts')).replace(
      "'../src/index.js'",
      "'@sluice/nestjs'",
    );
    expect(program.split('\n').length).toBeLessThan(100);
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${program}\`\`\``);
  });

  it.each(Object.entries({ ...DEFAULT_LIMITS, ...DEFAULT_HEARTBEAT }))(
    'tells the default of %s, which is %s',
    async (name, value) => {
      const row = new RegExp(`^\\| \`${name}\` +\\| ${String(value)} +\\|`, 'm');
      expect(await read('../README.md')).toMatch(row);
    },
  );
});

describe("the README's gateway", () => {
  let app: INestApplication;
  let client: TestClient;

  beforeEach(async () => {
    app = await NestFactory.create(QuoteModule, { logger: false });
    app.useGlobalPipes(new ValidationPipe());
    await app.listen(0, '127.0.0.1');
    client = await TestClient.connect((await app.getUrl()).replace('http', 'ws') + '/quotes');
  });

  afterEach(async () => {
    client.terminate();
    await app.close();
  });

  it('sends the quotes that a client subscribed to', async () => {
    const bus: EventBus = app.get(EventBus);
    client.send({ action: 'subscribe', symbols: ['HTR'] });
    expect(await client.nextJson()).toEqual({ ack: 'subscribe' });
    await bus.publish('quote.changed', { symbol: 'XNO', price: 1 });
    await bus.publish('quote.changed', { symbol: 'HTR', price: 2 });
    expect(await client.nextJson()).toEqual({
      topic: 'quote',
      message: { symbol: 'HTR', price: 2 },
    });
    client.send({ action: 'unsubscribe' });
    expect(await client.nextJson()).toEqual({ ack: 'unsubscribe' });
    await bus.publish('quote.changed', { symbol: 'HTR', price: 3 });
    await client.expectSilence();
  });

  it('answers wrong parameters and a wrong moment', async () => {
    client.send({ action: 'subscribe', symbols: [1] });
    expect(await client.nextJson()).toMatchObject({
      error: { code: 'INVALID', details: { messages: ['each value in symbols must be a string'] } },
    });
    client.send({ action: 'unsubscribe' });
    expect(await client.nextJson()).toMatchObject({ error: { code: 'STATE' } });
  });
});
