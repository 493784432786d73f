import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { createAsyncApiDocument, toYaml } from '../src/index.js';
import { PLATFORMS, startQuotes, type QuoteOptions } from './support/quote-application.js';

let app: INestApplication;
afterEach(() => app.close());

async function start(options: QuoteOptions = {}) {
  app = await startQuotes(options);
  const url = await app.getUrl();
  return (path: string, init?: RequestInit) => fetch(url + path, init);
}

describe.each(PLATFORMS)('on %s', (platform) => {
  it('serves the document as JSON and YAML, to pages of any origin', async () => {
    const get = await start({ platform });
    const document = createAsyncApiDocument(app);
    const json = await get('/asyncapi.json');
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(json.headers.get('access-control-allow-origin')).toBe('*');
    expect(await json.json()).toEqual(document);
    const yaml = await get('/asyncapi.yaml?x=1');
    expect(yaml.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
    expect(await yaml.text()).toBe(toYaml(document));
  });

  it('serves a page that allows its own style and nothing else, with what is written in it as text', async () => {
    const get = await start({ platform });
    for (const path of ['/asyncapi', '/asyncapi/']) {
      const page = await get(path);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const text = await page.text();
      const style = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(page.headers.get('content-security-policy')).toContain(
        `default-src 'none'; style-src 'sha256-${hash}'`,
      );
      expect(text).toContain('Ticks &lt;b&gt;');
      expect(text).toContain('One &lt;i&gt;tick&lt;/i&gt;');
      expect(text).toContain('<code>tick</code>');
      expect(text).toContain('href="asyncapi.json"');
      expect(text).not.toMatch(/<script|https?:\/\/|style=/);
    }
  });

  it('stands below the prefix of the application, at a path of choice', async () => {
    const get = await start({ platform, globalPrefix: 'api', asyncapi: { path: '/docs/ws' } });
    expect((await get('/api/docs/ws.json')).status).toBe(200);
    expect(await (await get('/api/docs/ws')).text()).toContain('href="ws.yaml"');
    expect((await get('/api/asyncapi')).status).toBe(404);
    expect((await get('/api/docs/ws.jsonx')).status).toBe(404);
  });

  it('answers HEAD without a body, and other methods with 405', async () => {
    const get = await start({ platform });
    const head = await get('/asyncapi.json', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100);
    expect((await get('/asyncapi', { method: 'POST' })).status).toBe(405);
  });
});

it('every link of the page leads to something on it', async () => {
  const get = await start();
  const text = await (await get('/asyncapi')).text();
  const ids = new Set(Array.from(text.matchAll(/ id="([^"]+)"/g), ([, id]) => id));
  const links = Array.from(text.matchAll(/href="#([^"]+)"/g), ([, id]) => id);
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((id) => !ids.has(id))).toEqual([]);
});

it('refuses a path that cannot be one', async () => {
  await expect(startQuotes({ asyncapi: { path: 'docs' } })).rejects.toThrow(/path must be/);
  app = await startQuotes();
});
