import { afterEach, describe, expect, it } from '@jest/globals';
import type { SessionPage } from '../src/views/session-list.js';
import { InspectedApplication, PLATFORMS } from './support/inspected-application.js';

let running: InspectedApplication;
afterEach(() => running.stop());

describe.each(PLATFORMS)('the inspector on %s', (platform) => {
  it('serves its page and files with a policy that allows nothing else', async () => {
    running = await InspectedApplication.start({ platform });
    const page = await running.get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<title>Sluice inspector</title>');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain(`ws://${running.host}`);
    expect(policy).not.toContain('unsafe');
    const script = await running.get('/parts/dom.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect((await running.get('/nothing.js')).status).toBe(404);
    expect((await running.get('/..%2fpackage.json')).status).toBe(404);
  });

  it('sends a browser to the address with a slash, below any prefix', async () => {
    running = await InspectedApplication.start({ platform, globalPrefix: 'ops' });
    const answer = await fetch(`http://${running.host}/ops/inspector`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(new URL(answer.headers.get('location') ?? '', answer.url).pathname).toBe(
      '/ops/inspector/',
    );
    expect((await fetch(`http://${running.host}/ops/inspector/`)).status).toBe(200);
  });

  it('lists sessions with what they are subscribed to, and without their secrets', async () => {
    running = await InspectedApplication.start({ platform });
    const client = await running.connect('/quotes?access_token=abc&symbol=HTR');
    client.send({ action: 'subscribe', symbols: ['HTR'], mnemonic: 'never' });
    await client.nextJson();
    const { rows, total } = await running.json<SessionPage>('/api/sessions');
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      endpoint: '/quotes',
      address: '127.0.0.1',
      url: '/quotes?access_token=•••&symbol=HTR',
      topics: ['quote'],
      flow: 'ok',
    });
    const session = await running.json(`/api/sessions/${rows[0]?.id ?? 0}`);
    expect(session).toMatchObject({
      subscriptions: [
        { topic: 'quote', options: { symbols: ['HTR'], mnemonic: '•••' }, keys: null },
      ],
      headers: { 'sec-websocket-key': '•••', 'sec-websocket-version': '13' },
    });
  });
});
