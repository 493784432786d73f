/** What is for operators, and from where it answers. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Post, UseGuards, type CanActivate } from '@nestjs/common';
import { SubscribeMessage } from '@nestjs/websockets';
import { json } from '@sluice/engine';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { SluiceHealthModule } from '../src/health/index.js';
import {
  ChainGateway,
  LocalOnlyGuard,
  OperatorEndpoint,
  OperatorListener,
  ServingPhase,
  type SluiceOptions,
} from '../src/index.js';
import { SluiceMetricsModule } from '../src/prometheus/index.js';
import { PLATFORMS, TestApplication, type Platform } from './support/application.js';
import { identity } from './support/certificates.js';
import { until } from './support/until.js';

let finish: () => void = () => undefined;

@ChainGateway({ path: '/work', codec: json() })
class WorkGateway {
  @SubscribeMessage('work')
  work(): Promise<object> {
    return new Promise((resolve) => (finish = () => resolve({ done: true })));
  }
}

class Nobody implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@Controller()
class PageController {
  @Get('page')
  page() {
    return { page: true };
  }

  @Post('mine')
  @UseGuards(Nobody)
  @OperatorEndpoint()
  mine() {
    return { mined: true };
  }

  @Post('drive')
  @UseGuards(LocalOnlyGuard)
  drive() {
    return { driven: true };
  }
}

let application: TestApplication | undefined;
afterEach(async () => {
  await application?.stop();
  application = undefined;
});

async function start(platform: Platform, sluice: SluiceOptions = {}): Promise<number> {
  application = await TestApplication.start({
    platform,
    sluice,
    providers: [WorkGateway],
    controllers: [PageController],
    imports: [
      SluiceMetricsModule.forRoot({ processMetrics: false }),
      SluiceHealthModule.forRoot({ guards: [] }),
    ],
  });
  return application.app.get(OperatorListener).port ?? 0;
}

const status = async (port: number | undefined, path: string, method = 'GET'): Promise<number> =>
  (await fetch(`http://127.0.0.1:${String(port)}${path}`, { method })).status;

const PATHS = ['/metrics', '/health', '/health/live', '/health/ready'];

describe.each(PLATFORMS)('Operators (%s)', (platform) => {
  it('are answered on the application’s port if they have none', async () => {
    expect(await start(platform)).toBe(0);
    for (const path of PATHS) expect(await status(application?.port, path)).toBe(200);
    expect(await status(application?.port, '/mine', 'POST')).toBe(403);
  });

  it('have a port of their own, and what is theirs is nowhere else', async () => {
    const port = await start(platform, { operators: { port: 'free' } });
    for (const path of PATHS) {
      expect([path, await status(application?.port, path)]).toEqual([path, 404]);
      expect([path, await status(port, path)]).toEqual([path, 200]);
    }
    expect(await status(application?.port, '/mine', 'POST')).toBe(404);
    expect(await status(port, '/mine', 'POST')).toBe(403);
    expect(await status(application?.port, '/page')).toBe(200);
    expect(await status(port, '/page')).toBe(200);
  });

  it('see that clients are sent away, until they are gone', async () => {
    const port = await start(platform, { operators: { port: 'free' } });
    const client = await application?.connect('/work');
    client?.send({ type: 'work' });
    await client?.ping();
    const closed = application?.app.close();
    const phase = application?.app.get(ServingPhase);
    await until(() => phase?.current === 'draining');
    await expect(fetchReadiness(port)).resolves.toMatchObject({ phase: 'draining' });
    finish();
    expect(await client?.nextJson()).toEqual({ done: true });
    await closed;
    await expect(status(port, '/health')).rejects.toThrow('fetch failed');
  });
});

async function fetchReadiness(port: number): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${String(port)}/health/ready`);
  expect(answer.status).toBe(503);
  const body = (await answer.json()) as { error: { accepting: object } };
  return body.error.accepting;
}

/** An address of this machine that is not loopback; undefined where there is no network. */
const external = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

/** A request with any `Host`. */
function post(hostname: string, port: number, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: '/drive', method: 'POST', headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe.each(PLATFORMS)('LocalOnlyGuard (%s)', (platform) => {
  it('refuses foreign names and pages, and proxies', async () => {
    await start(platform);
    const port = application?.port ?? 0;
    const asked = (headers: Record<string, string>) => post('127.0.0.1', port, headers);
    expect(await asked({})).toBe(201);
    expect(await asked({ Host: 'rebound.example' })).toBe(403);
    expect(await asked({ Origin: 'http://evil.example' })).toBe(403);
    expect(await asked({ 'X-Forwarded-For': '127.0.0.1' })).toBe(403);
  });

  (external === undefined ? it.skip : it)(
    'refuses who comes from another address, whatever name it uses',
    async () => {
      const app = await TestApplication.create({ platform, controllers: [PageController] });
      await app.listen(0, '0.0.0.0');
      const port = Number(new URL(await app.getUrl()).port);
      try {
        expect(await post('127.0.0.1', port, {})).toBe(201);
        expect(await post(external ?? '', port, {})).toBe(403);
        expect(await post(external ?? '', port, { Host: 'localhost' })).toBe(403);
      } finally {
        await app.close();
      }
    },
  );
});

describe('Options of operators', () => {
  it.each<[object, string]>([
    [{ port: 0 }, "operators.port: 0 is the application's"],
    [{ port: 70_000 }, 'operators.port: 70000 is no port'],
    [{ port: 'free', tls: { ...identity('server'), requestCert: true } }, 'operators.tls: '],
  ])('that cannot work are refused: %j', async (operators, words) => {
    const started = TestApplication.start({ sluice: { operators } as SluiceOptions });
    await expect(started).rejects.toThrow(words);
  });
});
