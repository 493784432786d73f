import { describe, expect, it, jest } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { originRefusalOf, refusalOf, type AccessOptions } from './access-policy.js';
import type { InspectorGuard } from './inspector-guard.js';
import { passwordGuard } from './password.guard.js';

function request(headers: Record<string, string>, remoteAddress = '127.0.0.1', method = 'GET') {
  return { headers, method, socket: { remoteAddress } } as unknown as IncomingMessage;
}

const options = (given: Partial<AccessOptions> = {}): AccessOptions => ({
  addressOf: () => '192.0.2.1',
  onError: () => undefined,
  ...given,
});

const status = async (asked: IncomingMessage, given?: Partial<AccessOptions>) =>
  (await refusalOf(asked, options(given)))?.status;

describe('without a guard', () => {
  it.each(['localhost:3000', '127.0.0.1', '127.1.2.3:80', '[::1]:8080', 'LOCALHOST'])(
    'answers this machine under the name %s',
    async (host) => {
      expect(await status(request({ host }))).toBeUndefined();
      expect(await status(request({ host }, '::ffff:127.0.0.1'))).toBeUndefined();
      expect(await status(request({ host }, '::1'))).toBeUndefined();
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.0.2.7',
    'user@localhost',
    'localhost/',
    '',
  ])('refuses the name %j, whoever asks', async (host) => {
    expect(await status(request({ host }))).toBe(403);
  });

  it.each(['192.0.2.1', '10.0.0.1', '::ffff:192.0.2.1', 'fe80::1', '128.0.0.1'])(
    'refuses the address %s',
    async (address) => {
      expect(await status(request({ host: 'localhost' }, address))).toBe(403);
    },
  );

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
    'refuses what a proxy brings: %s',
    async (header) => {
      expect(await status(request({ host: 'localhost', [header]: '127.0.0.1' }))).toBe(403);
    },
  );

  it('answers under the names that are given, and no other', async () => {
    const hosts = ['Inspector.internal'];
    expect(await status(request({ host: 'inspector.internal:80' }), { hosts })).toBeUndefined();
    expect(await status(request({ host: 'localhost' }), { hosts })).toBe(403);
  });
});

describe('with a guard', () => {
  const far = request({ host: 'node.example' }, '192.0.2.1');

  it('asks it with the address of the client', async () => {
    const guard = jest.fn<InspectorGuard>(() => true);
    expect(await status(far, { guard })).toBeUndefined();
    expect(guard).toHaveBeenCalledWith(far, '192.0.2.1');
    expect(await status(far, { guard: () => false })).toBe(403);
  });

  it('refuses what the guard fails on, and reports the failure', async () => {
    const onError = jest.fn();
    const failed = new Error('no directory');
    const guard = () => Promise.reject(failed);
    expect(await status(far, { guard, onError })).toBe(403);
    expect(onError).toHaveBeenCalledWith(failed);
  });

  it('asks for a password', async () => {
    const guard = passwordGuard('ops', 'correct horse battery');
    const refusal = await refusalOf(far, options({ guard }));
    expect(refusal).toMatchObject({ status: 401 });
    expect(refusal?.authenticate).toContain('Basic ');
    const authorization = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
    const asked = (pair: string) =>
      request({ host: 'node.example', authorization: authorization(pair) }, '192.0.2.1');
    expect(await status(asked('ops:correct horse battery'), { guard })).toBeUndefined();
    expect(await status(asked('ops:wrong'), { guard })).toBe(401);
    expect(() => passwordGuard('ops', 'short')).toThrow('12 characters');
  });
});

describe('data and actions', () => {
  const host = 'localhost:3000';
  const intent = { 'x-sluice-inspector': '1' };

  it.each<[string, Record<string, string>, string]>([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 'GET'],
    ['another origin of the site', { 'sec-fetch-site': 'same-site' }, 'GET'],
    ['another origin', { origin: 'http://evil.example' }, 'GET'],
    ['another port', { origin: 'http://localhost:3001' }, 'GET'],
    ['no origin', { origin: 'null' }, 'GET'],
    ['a form', {}, 'POST'],
    ['a script elsewhere', { ...intent, origin: 'http://evil.example' }, 'POST'],
  ])('are not for %s', (_, headers, method) => {
    expect(originRefusalOf(request({ host, ...headers }, '127.0.0.1', method))?.status).toBe(403);
  });

  it('are for the page itself, and for tools', () => {
    const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin', ...intent };
    expect(originRefusalOf(request(own, '127.0.0.1', 'POST'))).toBeUndefined();
    expect(originRefusalOf(request({ host }))).toBeUndefined();
  });
});
