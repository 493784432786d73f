/** Bodies of requests to the node's endpoints, whatever they are, beside an application's own (contract 4). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import type { INestApplication } from '@nestjs/common';
import { Body, Controller, Logger, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { SluiceModule } from '@sluice/nestjs';
import { HathorModule } from '../src/index.js';
import { address, ShelfChain } from './support/shelf-chain.js';

const HISTORY = 'v1a/thin_wallet/address_history';
const PUSH = 'v1a/push_tx';

/** An endpoint of the application that mounts ours. */
@Controller('own')
class OwnController {
  @Post()
  own(@Body() body: unknown): unknown {
    return { body };
  }
}

const errors: unknown[] = [];
const ignore = (): void => undefined;
const note = (...line: unknown[]): void => void errors.push(line);

@Module({
  imports: [
    SluiceModule.forRoot({}),
    HathorModule.forRoot({ network: 'unittests', chain: ShelfChain, eventQueue: false }),
  ],
  controllers: [OwnController],
})
class AppModule {}

const silent = { logger: false } as const;
const tested = () => Test.createTestingModule({ imports: [AppModule] }).compile();

it('takes what another parser has read before it was its turn', async () => {
  const adapter = new ExpressAdapter();
  adapter.use((request: IncomingMessage & { body?: unknown }, _: unknown, next: () => void) => {
    void json(request).then((body) => {
      request.body = body;
      next();
    });
  });
  const app = await NestFactory.create(AppModule, adapter, silent);
  await app.listen(0, '127.0.0.1');
  const body = JSON.stringify({ addresses: [address(1)] });
  const response = await fetch(`${await app.getUrl()}/${HISTORY}`, { method: 'POST', body });
  expect(await response.json()).toMatchObject({ success: true });
  await app.close();
});

describe.each<[string, () => Promise<INestApplication>]>([
  ['Express', () => NestFactory.create(AppModule, new ExpressAdapter(), silent)],
  ['Fastify', () => NestFactory.create(AppModule, new FastifyAdapter(), silent)],
  [
    'Express in a testing module',
    async () => (await tested()).createNestApplication(new ExpressAdapter(), silent),
  ],
  [
    'Fastify in a testing module',
    async () => (await tested()).createNestApplication(new FastifyAdapter(), silent),
  ],
])('bodies on %s', (_name, create) => {
  let app: INestApplication;
  let root: string;

  beforeAll(async () => {
    app = await create();
    app.setGlobalPrefix('chain');
    await app.listen(0, '127.0.0.1');
    root = `${await app.getUrl()}/chain`;
    Logger.overrideLogger({ log: ignore, warn: ignore, error: note, fatal: note });
  });
  afterEach(() => {
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    Logger.overrideLogger(false);
    await app.close();
  });

  const post = async (
    path: string,
    body: NonNullable<RequestInit['body']> | null,
    type?: string,
  ) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    const response = await fetch(`${root}/${path}`, { method: 'POST', body, headers });
    return { status: response.status, answer: (await response.json()) as object };
  };

  it.each([
    ['{"addresses":', 'application/json'],
    ['x', 'application/json'],
    ['[1', 'text/plain'],
    ['5', 'application/json'],
    ['null', 'application/json'],
    ['"text"', 'application/json'],
    [null, undefined],
    ['', 'application/json'],
  ])('refuses a body of %p with status 200', async (body, type) => {
    expect(await post(HISTORY, body, type)).toEqual({
      status: 200,
      answer: { success: false, message: 'Missing parameter: invalid json' },
    });
    expect(await post(PUSH, body, type)).toEqual({
      status: 200,
      answer: { success: false, message: 'Missing hexadecimal data', can_force: false },
    });
  });

  it('refuses a body that is not UTF-8 with status 200', async () => {
    const body = new Blob([Uint8Array.of(0x22, 0xff, 0x22)]);
    expect(await post(HISTORY, body, 'application/json')).toMatchObject({
      status: 200,
      answer: { success: false },
    });
  });

  it.each([
    undefined,
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'not a type',
    'application/json; charset=x-unknown',
  ])('reads JSON whatever it is called: %p', async (type) => {
    const body = new Blob([JSON.stringify({ addresses: [address(1)] })]);
    expect(await post(HISTORY, body, type)).toMatchObject({
      status: 200,
      answer: { success: true, history: [] },
    });
  });

  it('carries CORS headers with a refusal too', async () => {
    const response = await fetch(`${root}/${PUSH}`, { method: 'POST', body: '{' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('takes a body of 1 MiB, and refuses a larger one with status 413', async () => {
    const body = (bytes: number) => {
      const text = JSON.stringify({ addresses: [], padding: '' });
      return text.replace('""', `"${'x'.repeat(bytes - text.length)}"`);
    };
    expect((await post(HISTORY, body(1024 * 1024), 'application/json')).status).toBe(200);
    expect((await post(HISTORY, body(1024 * 1024 + 1), 'application/json')).status).toBe(413);
    expect((await post(HISTORY, body(1024 * 1024), 'application/json')).status).toBe(200);
  });

  it('forgets a client that goes away in the midst of its body', async () => {
    const { hostname, port } = new URL(root);
    const socket = connect(Number(port), hostname);
    socket.write(`POST /chain/${PUSH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"hex`);
    await once(socket, 'connect');
    expect((await post(PUSH, '{}')).status).toBe(200);
    socket.destroy();
    await once(socket, 'close');
    expect((await post(PUSH, '{}')).status).toBe(200);
  });

  it('leaves bodies of the application alone', async () => {
    expect(await post('own', '{"a":1}', 'application/json')).toEqual({
      status: 201,
      answer: { body: { a: 1 } },
    });
    expect(await post('own', 'a=1', 'application/x-www-form-urlencoded')).toMatchObject({
      answer: { body: { a: '1' } },
    });
    expect((await post('own', '{', 'application/json')).status).toBe(400);
  });
});
