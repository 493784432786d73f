/** Dialects that open ports of their own, over TLS. */
import { afterEach, expect, it } from '@jest/globals';
import { Module, type DynamicModule, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BasaltModule } from '@sluice/basalt';
import { BigchaindbModule } from '@sluice/bigchaindb';
import { memoryLog } from '@sluice/engine';
import { LighthouseModule } from '@sluice/lighthouse';
import { NanoModule } from '@sluice/nano';
import { SessionRegistry, SluiceModule, type ListenerTls } from '@sluice/nestjs';
import { ClientPool } from '@sluice/testing';
import { readFileSync } from 'node:fs';

const certificates = new URL('../../../packages/nestjs/test/vectors/tls/', import.meta.url);
const pem = (name: string): Buffer => readFileSync(new URL(`${name}.pem`, certificates));
const ca = pem('authority.cert');
const tls: ListenerTls = { key: pem('server.key'), cert: pem('server.cert') };
const [port, address] = ['free' as const, '127.0.0.1'];

const clients = new ClientPool();
let app: INestApplication | undefined;

afterEach(async () => {
  await clients.closeAll();
  await app?.close();
});

async function start(dialect: DynamicModule): Promise<number> {
  @Module({ imports: [SluiceModule.forRoot({ log: memoryLog() }), dialect] })
  class SecuredModule {}
  app = await NestFactory.create(SecuredModule as Type, { logger: false });
  await app.listen(0, address);
  return app.get(SessionRegistry).endpoints[0]?.port ?? 0;
}

it.each<[string, string, () => DynamicModule]>([
  ['Nano', '/', () => NanoModule.forRoot({ port, address, tls })],
  ['Lighthouse', '/', () => LighthouseModule.forRoot({ port, address, tls })],
  ['Basalt', '/ws/blocks', () => BasaltModule.forRoot({ port, address, tls })],
  [
    'BigchainDB',
    '/api/v1/streams/valid_transactions',
    () => BigchaindbModule.forRoot({ wsserver: { port, host: address }, tls, environment: {} }),
  ],
])('%s speaks TLS on its port, and nothing else', async (_, path, dialect) => {
  const place = `127.0.0.1:${String(await start(dialect()))}${path}`;
  const client = await clients.connect(`wss://${place}`, { tls: { ca } });
  await client.ping();
  await expect(clients.connect(`ws://${place}`)).rejects.toThrow();
});

it('BigchainDB says so in its discovery document', async () => {
  const wsserver = { port, host: address, advertised_port: 'bound' } as const;
  const bound = await start(BigchaindbModule.forRoot({ wsserver, tls, environment: {} }));
  const answer = await fetch(`${(await app?.getUrl()) ?? ''}/api/v1`);
  expect(await answer.json()).toMatchObject({
    streams: `wss://localhost:${String(bound)}/api/v1/streams/valid_transactions`,
  });
});
