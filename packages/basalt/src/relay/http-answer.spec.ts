import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { getEventListeners, once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpAnswer, SourceAnswerError, SourceTimeoutError } from './http-answer.js';

describe('httpAnswer', () => {
  const clock = new ManualClock();
  const abort = new AbortController();
  const { signal } = abort;
  let answer: RequestListener;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    server = createServer((request, response) => {
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    // Whatever has happened: nothing stays behind with the signal of a link that lives for months.
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  const ask = () => httpAnswer(url, { signal, clock, timeoutMs: 500 });

  it('gives status and body, whatever pieces the body comes in', async () => {
    answer = (_, response) => {
      const [first, rest] = [Buffer.from('"é"').subarray(0, 2), Buffer.from('"é"').subarray(2)];
      response.write(first, () => response.end(rest));
    };
    expect(await ask()).toEqual({ status: 200, body: '"é"' });
  });

  it.each([301, 404, 500])('gives status %i without what comes with it', async (status) => {
    answer = (_, response) => response.writeHead(status, { location: url }).end('sorry');
    expect(await ask()).toEqual({ status, body: '' });
  });

  it.each<[string, RequestListener]>([
    ['head', () => undefined],
    ['rest of the body', (_, response) => response.write('[')],
  ])('waits so long for the %s, and no longer', async (_, slow) => {
    const asked = new Promise<void>((resolve) => {
      answer = (request, response) => {
        slow(request, response);
        resolve();
      };
    });
    const answered = ask();
    await asked;
    clock.advance(500);
    await expect(answered).rejects.toThrow(SourceTimeoutError);
    await expect(answered).rejects.toThrow('no answer within 500 ms');
  });

  it('takes 256 KiB and not a byte more', async () => {
    answer = (_, response) => response.end('x'.repeat(256 * 1024));
    expect((await ask()).body).toHaveLength(256 * 1024);
    answer = (_, response) => response.end('x'.repeat(256 * 1024 + 1));
    await expect(ask()).rejects.toThrow(SourceAnswerError);
  });
});
