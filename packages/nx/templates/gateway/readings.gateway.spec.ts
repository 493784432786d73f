import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { TestClient } from '@sluice/testing';
import { ReadingsModule } from './readings.module.js';

@Module({ imports: [SluiceModule.forRoot(), ReadingsModule] })
class TestModule {}

describe('ReadingsGateway', () => {
  let app: INestApplication;
  let client: TestClient;

  beforeEach(async () => {
    app = await NestFactory.create(TestModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    client = await TestClient.connect(`${(await app.getUrl()).replace('http', 'ws')}/readings`);
  });

  afterEach(async () => {
    client.terminate();
    await app.close();
  });

  it('sends what a client subscribed to, until it unsubscribes', async () => {
    const bus: EventBus = app.get(EventBus);
    client.send({ action: 'subscribe', keys: ['one'] });
    expect(await client.nextJson()).toEqual({ ack: 'subscribe' });
    await bus.publish('readings.changed', { key: 'two', value: 2 });
    await bus.publish('readings.changed', { key: 'one', value: 1 });
    expect(await client.nextJson()).toEqual({
      topic: 'readings',
      message: { key: 'one', value: 1 },
    });
    client.send({ action: 'unsubscribe' });
    expect(await client.nextJson()).toEqual({ ack: 'unsubscribe' });
    await bus.publish('readings.changed', { key: 'one', value: 3 });
    await client.expectSilence();
  });

  it('answers wrong parameters, and a wrong moment', async () => {
    client.send({ action: 'subscribe', keys: [1] });
    expect(await client.nextJson()).toMatchObject({ error: { code: 'INVALID' } });
    client.send({ action: 'unsubscribe' });
    expect(await client.nextJson()).toMatchObject({ error: { code: 'STATE' } });
  });
});
