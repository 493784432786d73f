import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Browser } from './support/browser.js';
import { InspectedApplication } from './support/inspected-application.js';

let browser: Browser;
let running: InspectedApplication;
let page: Page;

beforeAll(async () => {
  browser = await Browser.start();
});
afterAll(() => browser.stop());
beforeEach(async () => {
  running = await InspectedApplication.start({
    inspector: {
      sampleMs: 100,
      forms: {
        QuoteGateway: [{ title: 'Subscribe', message: { action: 'subscribe', symbols: ['HTR'] } }],
      },
      panels: [
        {
          title: 'Ledger',
          status: '/inspector/api/about',
          actions: [{ title: 'Look', method: 'GET', url: '/inspector/api/streams' }],
        },
      ],
    },
  });
  page = await browser.open(`${running.url}/`);
});
afterEach(async () => {
  await page.close();
  await running.stop();
  expect(browser.complaints.splice(0)).toEqual([]);
});

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();

it('shows figures that move', async () => {
  await see('live');
  await running.connect();
  const tile = page.locator('.tile', { hasText: 'Sessions' });
  await tile.getByText('1', { exact: true }).waitFor();
  await page.locator('.bar-row', { hasText: 'QuoteGateway' }).waitFor();
  await page.locator('.chart polyline').first().waitFor({ state: 'attached' });
});

it('shows a session and disconnects it', async () => {
  const client = await running.connect('/quotes?token=abc');
  client.send({ action: 'subscribe', symbols: ['HTR'] });
  await client.nextJson();
  await page.getByRole('link', { name: 'Sessions', exact: true }).click();
  await page.getByRole('link', { name: '#1' }).click();
  await see('/quotes?token=•••');
  await page.locator('.subscription', { hasText: 'quote' }).waitFor();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('button', { name: 'Disconnect' }).click();
  expect(await client.closed()).toMatchObject({ code: 1008 });
  await see('Nobody is here');
});

it('keeps the filter of the list while the details of a session come and go', async () => {
  await running.connect();
  await page.getByRole('link', { name: 'Sessions', exact: true }).click();
  await page.getByLabel('Gateway').selectOption('QuoteGateway');
  await page.getByLabel('Address or path').fill('/quo');
  await page.locator('tbody a[href="#/sessions/1?gateway=QuoteGateway&text=%2Fquo"]').click();
  await page.getByRole('heading', { name: 'Session #1' }).waitFor();
  await page.getByRole('link', { name: 'Close the details' }).click();
  await page.getByRole('heading', { name: 'Session #1' }).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Address or path').inputValue()).toBe('/quo');
  const chosen = page.getByLabel('Gateway').locator('option:checked');
  await chosen.filter({ hasText: 'QuoteGateway' }).waitFor({ state: 'attached' });
});

it('leaves the focus and what is unfolded alone when it draws again', async () => {
  await running.connect();
  await page.getByRole('link', { name: 'Sessions', exact: true }).click();
  await page.getByRole('link', { name: '#1' }).click();
  const focused = () => page.evaluate<unknown>('document.activeElement.textContent');
  const drawnAgain = async (drawn: string) => {
    await page.evaluate(`document.querySelector('${drawn}').id = 'before'`);
    await page.locator('#before').waitFor({ state: 'detached' });
  };
  await page.getByText('Handshake headers').click();
  await drawnAgain('.detail > .card');
  expect(await focused()).toBe('Handshake headers');
  expect(await page.locator('.detail details').getAttribute('open')).toBe('');
  await page.getByRole('link', { name: '#1' }).focus();
  await drawnAgain('tbody');
  expect(await focused()).toBe('#1');
});

it('connects to a gateway and sends a command of a form', async () => {
  await page.keyboard.press('6');
  await page.getByRole('button', { name: 'Connect' }).click();
  await see(/Connected to ws:/);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await see('{"ack":"subscribe"}');
  await running.bus.publish('quote.changed', { symbol: 'HTR' });
  await see('{"symbol":"HTR"}');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await see(/Closed with/);
});

it('shows events as text, whatever they contain', async () => {
  await page.getByRole('link', { name: 'Events' }).click();
  await see('Quiet');
  await see('listening');
  await running.bus.publish('quote.changed', { symbol: '<img src=x onerror=alert(1)>' });
  await see('<img src=x onerror=alert(1)>');
  expect(await page.locator('main img').count()).toBe(0);
});

it('performs what the application has described', async () => {
  await page.getByRole('link', { name: 'Chain' }).click();
  await see('uptimeSeconds');
  await page.getByRole('button', { name: 'Look' }).click();
  await see('Look: done');
});

it('is used by keyboard, in the dark and in the light', async () => {
  await see('live');
  const scheme = () =>
    page.evaluate<unknown>('getComputedStyle(document.documentElement).colorScheme');
  const before = await scheme();
  await page.keyboard.press('t');
  expect(await scheme()).not.toBe(before);
  await page.keyboard.press('?');
  await see('Keyboard');
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await page.getByRole('searchbox').waitFor();
  await page.keyboard.press('/');
  const focused = await page.evaluate('document.activeElement.tagName');
  expect(focused).toBe('INPUT');
});

it('fits on a phone, and shows there which view it is', async () => {
  const current = page.locator('nav [aria-current]');
  await page.setViewportSize({ width: 360, height: 740 });
  for (const view of ['overview', 'gateways', 'sessions', 'tap', 'replay', 'console', 'panel/0']) {
    await page.goto(`${running.url}/#/${view}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    const { x = NaN, width = NaN } = (await current.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(360);
  }
});
