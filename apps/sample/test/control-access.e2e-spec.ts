/** Who may drive the chain, on the machine's own network. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { AppModule } from '../src/app.module.js';
import { INNER_HEADERS } from '../src/control/control-access.js';
import { readConfig } from '../src/config/sample-config.js';
import { openDialects } from '../src/dialects/sample-dialects.js';
import { SamplePlaces } from '../src/dialects/sample-places.js';
import { openSampleLog } from '../src/nodes/sample-log.js';

/** An address of this machine that is not loopback; undefined where there is no network. */
const external = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

const DIALECTS = ['hathor', 'nano', 'lighthouse', 'bigchaindb', 'basalt'];

let app: INestApplication;
let port: number;
/** URL of `/control/hathor`, as the sample prints it. */
let control: string | undefined;

async function start(...flags: string[]): Promise<void> {
  const still = ['--zero-ports', '--log', 'memory', '--pace', '0'];
  const config = readConfig([...still, '--address', '0.0.0.0', ...flags], {});
  const dialects = openDialects(config);
  const module = AppModule.of(config, dialects, openSampleLog(config));
  app = await NestFactory.create(module, { logger: false, abortOnError: false });
  await app.listen(0, config.address);
  const { port: bound } = (app.getHttpServer() as Server).address() as AddressInfo;
  port = bound;
  const places = new SamplePlaces(config.address, port, app);
  control = dialects.get('hathor')?.card(places).urls.control;
}

afterEach(() => app.close());

interface Asked {
  readonly host?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

function status(
  path: string,
  { host = '127.0.0.1', headers = {}, method = 'GET' }: Asked = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host, port, path, method, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('/control on a public address', () => {
  it('answers this machine, under its printed URL', async () => {
    await start();
    expect(control).toBe(`http://127.0.0.1:${String(port)}/control/hathor`);
    for (const dialect of DIALECTS) {
      expect([dialect, await status(`/control/${dialect}`)]).toEqual([dialect, 200]);
    }
    expect(await status('/control/hathor/mine', { method: 'POST' })).toBe(200);
  });

  it('refuses pages of other sites, proxies, and names that are rebound', async () => {
    await start();
    for (const headers of [
      { Origin: 'https://evil.example' },
      { 'X-Forwarded-For': '127.0.0.1' },
      { Host: 'evil.example' },
    ]) {
      for (const dialect of DIALECTS) {
        expect(await status(`/control/${dialect}`, { headers })).toBe(403);
      }
      expect(await status('/control/hathor/mine', { method: 'POST', headers })).toBe(403);
    }
  });

  (external === undefined ? it.skip : it)(
    'refuses other addresses, and lets in what the process has looked at itself',
    async () => {
      await start();
      const headers = { Host: 'localhost', 'X-Sluice-Inner': 'guessed' };
      for (const dialect of DIALECTS) {
        expect(await status(`/control/${dialect}`, { host: external, headers })).toBe(403);
      }
      expect(await status('/inspector/', { host: external, headers })).toBe(403);
      expect(await status('/v1a/event', { host: external })).toBe(200);
      expect(await status('/control/hathor', { host: external, headers: INNER_HEADERS })).toBe(200);
    },
  );

  it('is open with --control-open, but for pages of other sites', async () => {
    await start('--control-open');
    const host = external ?? '127.0.0.1';
    expect(await status('/control/hathor', { host })).toBe(200);
    expect(await status('/control/hathor', { host, headers: { Host: 'sample' } })).toBe(200);
    const headers = { Origin: 'https://evil.example' };
    expect(await status('/control/hathor', { host, headers })).toBe(403);
  });

  it('is on the port of operators with --operators-port, and nowhere else', async () => {
    await start('--operators-port', '0');
    expect(await status('/control/hathor')).toBe(404);
    expect(await status('/inspector/')).toBe(404);
    expect(await status('/metrics')).toBe(404);
    expect(await status('/v1a/event')).toBe(200);
    const operators = new URL(control ?? '');
    expect([operators.hostname, operators.port === String(port)]).toEqual(['127.0.0.1', false]);
    for (const path of ['/control/hathor', '/inspector/', '/metrics', '/health']) {
      expect([path, (await fetch(new URL(path, operators))).status]).toEqual([path, 200]);
    }
  });
});
