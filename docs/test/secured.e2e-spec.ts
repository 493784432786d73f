/** The JWT guard and the TLS of security.md, with real tokens and certificates. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientPool, TestClient } from '@sluice/testing';
import { SignJWT, UnsecuredJWT } from 'jose';
import { createSecretKey } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const certificates = new URL('../../packages/nestjs/test/vectors/tls/', import.meta.url);
const pem = (name: string): Buffer => readFileSync(new URL(`${name}.pem`, certificates));
const ca = pem('authority.cert');
const SECRET = 'a secret of at least 32 characters';

const clients = new ClientPool();
let app: INestApplication;
let wallets: string;
let [direct, indexers] = ['', ''];

/** A port that nobody has. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return String(port);
}

beforeAll(async () => {
  const [directPort, indexerPort] = [await freePort(), await freePort()];
  process.env.DIRECT_PORT = directPort;
  process.env.INDEXER_PORT = indexerPort;
  direct = `wss://127.0.0.1:${directPort}/wallets`;
  indexers = `wss://127.0.0.1:${indexerPort}/indexers`;
  process.env.JWT_SECRET = SECRET;
  process.env.INDEXERS = 'indexer-1,indexer-2';
  process.env.TLS_DIR = fileURLToPath(certificates);
  const { SecuredModule } = await import('../examples/secured.module.js');
  app = await NestFactory.create(SecuredModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  wallets = (await app.getUrl()).replace('http', 'ws') + '/wallets';
});
afterEach(() => clients.closeAll());
afterAll(() => app.close());

const claims = { sub: 'alice', scope: 'events:read' };
const key = createSecretKey(SECRET, 'utf8');

function token(payload: Record<string, string> = claims, expires = '5m'): SignJWT {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('https://id.example')
    .setAudience('event-stream')
    .setExpirationTime(expires);
}

const bearer = (jwt: string) => ({ headers: { Authorization: `Bearer ${jwt}` } });

describe('the JWT guard', () => {
  it('lets in who has a token, on both ports', async () => {
    const options = bearer(await token().sign(key));
    const plain = await clients.connect(wallets, options);
    expect(await plain.nextJson()).toEqual({ hello: 'alice' });
    const secure = await clients.connect(direct, { ...options, tls: { ca } });
    expect(await secure.nextJson()).toEqual({ hello: 'alice' });
  });

  it.each<[string, number, () => Promise<string>]>([
    ['of another key', 401, () => token().sign(createSecretKey('x'.repeat(32), 'utf8'))],
    ['that has expired', 401, () => token(claims, '-1s').sign(key)],
    ['for somebody else', 401, () => token().setAudience('billing').sign(key)],
    ['without a signature', 401, () => Promise.resolve(new UnsecuredJWT(claims).encode())],
    ['for other things', 403, () => token({ ...claims, scope: 'events:write' }).sign(key)],
  ])('refuses a token %s', async (_, status, made) => {
    expect(await TestClient.refused(wallets, bearer(await made()))).toMatchObject({ status });
  });

  it('refuses who has none', async () => {
    expect(await TestClient.refused(wallets)).toMatchObject({ status: 401 });
  });
});

describe('mutual TLS', () => {
  const showing = (name: string) => ({
    tls: { ca, key: pem(`${name}.key`), cert: pem(`${name}.cert`) },
  });

  it('lets in who has a certificate of the authority, and a name that is known', async () => {
    const client = await clients.connect(indexers, showing('client'));
    expect(await client.nextJson()).toEqual({ hello: 'indexer-1' });
    expect(await TestClient.refused(indexers, showing('server'))).toMatchObject({ status: 403 });
  });

  it.each([
    ['no certificate', { tls: { ca } }],
    ['one of another authority', showing('foreign')],
  ])('answers nothing to a client with %s', async (_, options) => {
    await expect(clients.connect(indexers, options)).rejects.toThrow();
  });
});
