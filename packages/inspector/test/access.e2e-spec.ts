import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { OperatorListener } from '@sluice/nestjs';
import { passwordGuard } from '../src/index.js';
import type { SessionPage } from '../src/views/session-list.js';
import { InspectedApplication, PLATFORMS } from './support/inspected-application.js';

let running: InspectedApplication;
const mode = process.env.NODE_ENV;
afterEach(async () => {
  process.env.NODE_ENV = mode;
  await running.stop();
});

const INTENT = { 'x-sluice-inspector': '1' };

describe.each(PLATFORMS)('the inspector on %s', (platform) => {
  it('is off in production unless there is a guard, and says so', async () => {
    process.env.NODE_ENV = 'production';
    const error = jest.fn();
    const logger = { error, log: () => undefined, warn: () => undefined };
    running = await InspectedApplication.start({ platform, logger });
    expect((await running.get('/')).status).toBe(404);
    expect((await running.get('/api/about')).status).toBe(404);
    expect(error.mock.calls.join()).toContain('The inspector at /inspector is off');
  });

  it('lets those in whom the guard lets in, also in production', async () => {
    process.env.NODE_ENV = 'production';
    const guard = passwordGuard('ops', 'correct horse battery');
    running = await InspectedApplication.start({ platform, inspector: { guard } });
    const stranger = await running.get('/style/base.css');
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get('www-authenticate')).toContain('Basic');
    const pair = Buffer.from('ops:correct horse battery').toString('base64');
    expect((await running.get('/api/about', { authorization: `Basic ${pair}` })).status).toBe(200);
  });

  it('is on the port of operators, where they have one, and nowhere else', async () => {
    const operators = { port: 'free' } as const;
    running = await InspectedApplication.start({ platform, sluice: { operators } });
    expect((await running.get('/')).status).toBe(404);
    expect((await running.get('/api/about')).status).toBe(404);
    const { port } = running.app.get(OperatorListener);
    const there = `http://127.0.0.1:${String(port)}/inspector`;
    expect((await fetch(`${there}/`)).status).toBe(200);
    expect((await fetch(`${there}/api/about`)).status).toBe(200);
    const proxied = { headers: { 'x-forwarded-for': '127.0.0.1' } };
    expect((await fetch(`${there}/`, proxied)).status).toBe(403);
  });

  it('refuses what comes through a proxy or from another site', async () => {
    running = await InspectedApplication.start({ platform });
    expect((await running.get('/', { 'x-forwarded-for': '192.0.2.1' })).status).toBe(403);
    expect((await running.get('/api/sessions', { origin: 'http://evil.example' })).status).toBe(
      403,
    );
  });

  it('disconnects a session, but not for a page of another site', async () => {
    running = await InspectedApplication.start({ platform });
    const client = await running.connect();
    const { rows } = await running.json<SessionPage>('/api/sessions');
    const path = `/api/disconnect/${rows[0]?.id ?? 0}`;
    expect((await running.get(path)).status).toBe(404);
    expect((await running.post(path)).status).toBe(403);
    expect((await running.post(`${path}?code=1006`, INTENT)).status).toBe(400);
    expect((await running.post(`${path}?code=4001`, INTENT)).status).toBe(200);
    expect(await client.closed()).toMatchObject({ code: 4001 });
    expect((await running.post('/api/disconnect/99', INTENT)).status).toBe(404);
  });
});

it('refuses options that cannot work, all at once', async () => {
  running = await InspectedApplication.start();
  const inspector = { path: 'a b', watchers: 0, sampleMs: 1 };
  const started = InspectedApplication.start({ inspector });
  await expect(started).rejects.toThrow(/- path.*\n- watchers.*\n- sampleMs/);
});
