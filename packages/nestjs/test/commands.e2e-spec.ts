import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { json, type Session } from '@sluice/engine';
import { TestClient } from '@sluice/testing';
import { ChainGateway, ConnectedSession, SluiceModule } from '../src/index.js';

@ChainGateway({ path: '/quotes', codec: json({ command: 'action' }) })
class Gateway {
  @SubscribeMessage('echo')
  echo(@MessageBody() body: { value: unknown }, @ConnectedSession() session: Session) {
    return { value: body.value, endpoint: session.info.endpoint };
  }
}

@Module({ imports: [SluiceModule.forRoot({})], providers: [Gateway] })
class AppModule {}

describe('first slice', () => {
  it('answers a command', async () => {
    const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
    await app.listen(0, '127.0.0.1');
    const client = await TestClient.connect(
      (await app.getUrl()).replace('http', 'ws') + '/quotes/',
    );
    client.send({ action: 'echo', value: 12345678901234567890n });
    expect(await client.nextJson()).toEqual({ value: 12345678901234567890n, endpoint: '/quotes' });
    client.send({ action: 'nothing' });
    expect(await client.nextJson()).toMatchObject({ error: { code: 'UNKNOWN_COMMAND' } });
    await client.close();
    await app.close();
  });
});
