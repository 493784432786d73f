/** What somebody does who has just cloned and installed: start, look, subscribe, break something, stop. */
import { afterEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startChromium, type Chromium } from '../../scripts/chromium.mjs';
import { StartedSample } from '../src/support/started-sample.js';
import { StopWatch } from '../src/support/stop-watch.js';

/** Some ten seconds on a quiet machine; a path that takes longer than this is no path for newcomers. */
const LIMIT_MS = 90_000;

let data: string | undefined;
let sample: StartedSample | undefined;
let chromium: Chromium | undefined;

afterEach(async () => {
  await chromium?.stop();
  sample?.kill();
  if (data !== undefined) rmSync(data, { recursive: true, force: true });
});

/** The height of the newest block that the page shows. */
async function newestHeight(page: Page): Promise<number> {
  const text = await page.getByRole('row').nth(1).getByRole('cell').first().innerText();
  return Number(text.replace(/\D/g, ''));
}

it('a newcomer starts the sample, sees blocks, subscribes, makes a reorg and stops it', async () => {
  data = mkdtempSync(join(tmpdir(), 'sluice-newcomer-'));
  const watch = new StopWatch();
  sample = StartedSample.start(['--zero-ports', '--pace', '1s', '--data', data]);
  const [, url = ''] = await sample.says(/Inspector: (\S+)/);
  watch.lap('the start, until it tells where the inspector is');

  chromium = await startChromium();
  watch.lap('a browser');
  const page = await chromium.context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.getByText('live', { exact: true }).waitFor();
  watch.lap('the inspector is open');

  await page.getByRole('link', { name: 'Chain' }).click();
  await page.getByRole('table', { name: 'Latest blocks' }).waitFor();
  const first = await newestHeight(page);
  await page.getByRole('cell', { name: String(first + 2), exact: true }).waitFor();
  watch.lap('blocks arrive');

  await page.getByRole('link', { name: 'Console' }).click();
  await page.getByLabel('Gateway').selectOption('NanoGateway');
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByText(/Connected to ws:/).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).first().click();
  const messages = page.getByRole('log', { name: 'Messages' });
  await messages.getByText(/"ack":"subscribe"/).waitFor();
  await messages
    .getByText(/"topic":"confirmation","time"/)
    .first()
    .waitFor();
  watch.lap('subscribed to a topic in the console, and a message came');

  const events = await chromium.context.newPage();
  await events.goto(`${url}#/tap`);
  await events.getByText('listening').first().waitFor();
  await page.getByRole('link', { name: 'Chain' }).click();
  await page.getByRole('button', { name: 'Reorg' }).click();
  await page.getByText('Reorg: done').first().waitFor();
  await events.getByText('reorg.started').first().waitFor();
  watch.lap('a reorg was made, and seen');

  expect(await sample.interrupt()).toBe(0);
  expect(sample.isRunning).toBe(false);
  watch.lap('stopped by Ctrl-C');
  watch.report('newcomer');
  expect(complaints).toEqual([]);
  expect(watch.totalMs).toBeLessThan(LIMIT_MS);
});
