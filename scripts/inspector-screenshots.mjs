/** Takes the pictures of the inspector in docs/images, of the built sample with some traffic on it. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { startChromium } from './chromium.mjs';
import { root } from './workspace.mjs';

const folder = process.argv[2] ?? `${root}docs/images`;
const DESKTOP = { width: 1280, height: 880 };
const PHONE = { width: 390, height: 844 };

/** Name, address in the page, size, colours, seconds of traffic to wait for. */
const SHOTS = [
  ['inspector-overview-dark', '#/overview', DESKTOP, 'dark'],
  ['inspector-overview-light', '#/overview', DESKTOP, 'light'],
  ['inspector-gateways-dark', '#/gateways', DESKTOP, 'dark'],
  ['inspector-sessions-dark', '#/sessions', DESKTOP, 'dark'],
  ['inspector-tap-light', '#/tap', DESKTOP, 'light'],
  ['inspector-replay-dark', '#/replay', DESKTOP, 'dark'],
  ['inspector-console-dark', '#/console', DESKTOP, 'dark'],
  ['inspector-chain-light', '#/panel/0', DESKTOP, 'light'],
  ['inspector-overview-phone', '#/overview', PHONE, 'dark'],
  ['inspector-sessions-phone', '#/sessions', PHONE, 'light'],
];

/** What a view needs before it is worth a picture. */
const PREPARE = {
  '#/sessions': async (page) => {
    await page.getByRole('combobox').selectOption('EventGateway');
    await page.locator('tbody tr', { hasText: 'window full' }).first().click();
    await page.locator('.detail .facts').first().waitFor();
  },
  '#/tap': (page) => page.locator('.event').nth(8).waitFor(),
  '#/replay': (page) => page.locator('.event').first().waitFor(),
  '#/console': async (page) => {
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.locator('.message.received, .message.note').first().waitFor();
    await page.getByRole('button', { name: 'Send' }).first().click();
    await page.locator('.message.received').first().waitFor();
  },
  '#/panel/0': (page) => page.locator('tbody tr').first().waitFor(),
};

const sample = spawn(
  process.execPath,
  [
    `${root}apps/sample/dist/main.js`,
    '--json',
    '--log',
    'memory',
    '--pace',
    '700ms',
    '--zero-ports',
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
let chromium;
try {
  const urls = JSON.parse(String(await new Promise((done) => sample.stdout.once('data', done))));
  await traffic(urls);
  const base = new URL('/inspector/', urls.hathor.http);
  chromium = await startChromium(DESKTOP);
  const { context } = chromium;
  mkdirSync(folder, { recursive: true });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('console', (message) => console.error(message.text()));
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`${base}#/overview`);
  // Charts of an empty history are no picture.
  await page.waitForTimeout(Number(process.env.TRAFFIC_MS ?? 40_000));
  for (const [name, view, size, colours] of SHOTS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: colours });
    await page.goto(`${base}${view}`);
    await PREPARE[view]?.(page);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(name);
  }
} finally {
  await chromium?.stop();
  sample.kill();
}

/** Clients of several gateways: some follow, some fall behind. */
async function traffic({ hathor, nano }) {
  for (let number = 0; number < 12; number++) {
    const size = number % 3 === 0 ? 20 : 10_000;
    client(hathor.event_ws, [{ type: 'START_STREAM', window_size: size }]);
  }
  for (let number = 0; number < 6; number++) client(hathor.ws, []);
  for (let number = 0; number < 4; number++) {
    client(nano.ws ?? nano.websocket, [{ action: 'subscribe', topic: 'confirmation' }]);
  }
}

function client(url, messages) {
  if (url === undefined) return;
  const socket = new WebSocket(url);
  socket.on('open', () => {
    for (const message of messages) socket.send(JSON.stringify(message));
  });
  socket.on('error', () => undefined);
}
