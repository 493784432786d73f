import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TxMiningController } from './tx-mining.controller.js';
import { TxMiningMiddleware } from './tx-mining.middleware.js';
import type { JobRequest } from './tx-mining.service.js';
import { TxMiningService } from './tx-mining.service.js';

describe('the tx-mining-service over HTTP', () => {
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    const service = { submit: (request: JobRequest) => request };
    const module = {
      module: class {},
      controllers: [TxMiningController],
      providers: [TxMiningMiddleware, { provide: TxMiningService, useValue: service }],
    };
    app = await NestFactory.create(module, { logger: false });
    await app.listen(0, '127.0.0.1');
    url = `${await app.getUrl()}/tx-mining`;
  });

  afterAll(() => app.close());

  const post = (body: string | undefined, type?: string) =>
    fetch(`${url}/submit-job`, {
      method: 'POST',
      ...(body !== undefined && { body }),
      headers: type === undefined ? {} : { 'content-type': type },
    });

  it('lets a page of any origin ask first', async () => {
    const answer = await fetch(`${url}/submit-job`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://wallet.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'x-prototype-version,x-requested-with,content-type',
      'access-control-max-age': '604800',
    });
  });

  it.each([
    ['an answer', () => fetch(`${url}/health`), 200, 'GET'],
    ['a refusal', () => post('{}', 'application/json'), 400, 'POST'],
    ['a body that is no JSON', () => post('{', 'application/json'), 400, 'POST'],
    ['a path that there is not', () => fetch(`${url}/nothing`), 404, 'GET'],
  ])('lets a page of any origin read %s', async (_, ask, status, method) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toBe(method);
  });

  it.each([
    ['cannot-decode-json', undefined],
    ['cannot-decode-json', 'abc'],
    ['cannot-decode-json', '{"tx":'],
    ['json-must-be-an-object', '123'],
    ['json-must-be-an-object', 'null'],
    ['json-must-be-an-object', '[]'],
    ['missing-tx', '{}'],
  ])('answers %s to the body %p', async (error, body) => {
    for (const type of ['application/json', 'text/plain']) {
      const answer = await post(body, type);
      expect([answer.status, await answer.json()]).toEqual([400, { error }]);
    }
  });

  it('reads JSON whatever type it claims to be', async () => {
    const answer = await post('{"tx":"00","propagate":true}', 'text/plain');
    expect(await answer.json()).toEqual({ tx: '00', propagate: true, add_parents: false });
  });

  it('refuses a body of more than a mebibyte', async () => {
    const answer = await post(JSON.stringify({ tx: '0'.repeat(1024 ** 2) }), 'application/json');
    expect(answer.status).toBe(413);
  });
});
