/** The interceptor of security.md, on a command whose chain never answers. */
import { afterEach, expect, it } from '@jest/globals';
import { Module, UseInterceptors, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SubscribeMessage } from '@nestjs/websockets';
import { json } from '@sluice/engine';
import { ChainGateway, SluiceModule } from '@sluice/nestjs';
import { TestClient } from '@sluice/testing';
import { NEVER, of } from 'rxjs';
import { TimeLimit } from '../examples/time-limit.interceptor.js';

@ChainGateway({ path: '/slow', codec: json() })
@UseInterceptors(new TimeLimit(20))
class SlowGateway {
  @SubscribeMessage('history')
  history(): Promise<object> {
    return new Promise(() => undefined);
  }

  @SubscribeMessage('stream')
  stream() {
    return NEVER;
  }

  @SubscribeMessage('head')
  head() {
    return of({ head: 7 });
  }
}

@Module({ imports: [SluiceModule.forRoot()], providers: [SlowGateway] })
class SlowModule {}

let app: INestApplication | undefined;
afterEach(() => app?.close());

it('gives up what takes too long, and goes on with the next command', async () => {
  app = await NestFactory.create(SlowModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  const client = await TestClient.connect((await app.getUrl()).replace('http', 'ws') + '/slow');
  for (const type of ['history', 'stream', 'head']) client.send({ type });
  const late = { error: { code: 'LIMIT', message: 'The command took too long' } };
  expect(await client.takeJson(3)).toMatchObject([late, late, { head: 7 }]);
  await client.close();
});
