/** The sample in this process, with one dialect, and everything it must not do. */
import type { Abstract, INestApplication, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { engineMetrics, type MetricsRegistry } from '@sluice/engine';
import { METRICS, SessionRegistry } from '@sluice/nestjs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppModule } from '../../src/app.module.js';
import { BasaltFeed } from '../../src/basalt/basalt-feed.js';
import { BigchaindbFeed } from '../../src/bigchaindb/bigchaindb-feed.js';
import { readConfig, type DialectName } from '../../src/config/sample-config.js';
import { openDialects } from '../../src/dialects/sample-dialects.js';
import { SamplePlaces } from '../../src/dialects/sample-places.js';
import type { DialectUrls } from '../../src/dialects/sample-dialect.js';
import { HathorFeed } from '../../src/hathor/hathor-feed.js';
import { LighthouseFeed } from '../../src/lighthouse/lighthouse-feed.js';
import { NanoFeed } from '../../src/nano/nano-feed.js';
import { openSampleLog } from '../../src/nodes/sample-log.js';

/** What moves a dialect's chain by one step. */
const STEPS: Readonly<Record<DialectName, (app: INestApplication) => Promise<unknown>>> = {
  hathor: (app) => app.get(HathorFeed, { strict: false }).perform({ do: 'step' }),
  nano: (app) => app.get(NanoFeed, { strict: false }).step(),
  lighthouse: (app) => app.get(LighthouseFeed, { strict: false }).step(),
  bigchaindb: (app) => app.get(BigchaindbFeed, { strict: false }).step(),
  basalt: (app) => app.get(BasaltFeed, { strict: false }).step(),
};

export class FuzzSample {
  private internal = 0;

  private constructor(
    private readonly app: INestApplication,
    private readonly dialect: DialectName,
    readonly urls: DialectUrls,
    private readonly logged: string[],
  ) {}

  /** Starts with a chain that moves by hand only. */
  static async start(dialect: DialectName): Promise<FuzzSample> {
    const flags = ['--zero-ports', '--address', '127.0.0.1', '--log', 'memory', '--pace', '0'];
    const config = readConfig([...flags, '--only', dialect], {});
    const dialects = openDialects(config);
    const logged: string[] = [];
    const app = await NestFactory.create(AppModule.of(config, dialects, openSampleLog(config)), {
      logger: errorsTo(logged),
      abortOnError: false,
      forceCloseConnections: true,
    });
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
    const places = new SamplePlaces('127.0.0.1', port, app);
    const urls = dialects.get(dialect)?.card(places).urls ?? {};
    return new FuzzSample(app, dialect, urls, logged);
  }

  get<T>(provider: Abstract<T> | symbol): T {
    return this.app.get<T>(provider, { strict: false });
  }

  /** Connections to all endpoints. */
  get connections(): number {
    return this.app.get(SessionRegistry).connections;
  }

  /** The chain's next step; resolves when it is published. */
  async step(): Promise<void> {
    await STEPS[this.dialect](this.app);
  }

  /** What was wrong with the server itself since the last call: faults of its own, and lines that it logged as errors. */
  takeFaults(): readonly string[] {
    const metrics = this.app.get<MetricsRegistry>(METRICS);
    const total = metrics.total(engineMetrics.faults, { code: 'INTERNAL' });
    const count = total - this.internal;
    this.internal = total;
    const lines = this.logged.splice(0);
    return count === 0 ? lines : [`${count} INTERNAL faults`, ...lines];
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

function errorsTo(lines: string[]): LoggerService {
  const keep = (...line: unknown[]): void => {
    lines.push(line.map(String).join(' '));
  };
  const ignore = (): void => undefined;
  return { log: ignore, warn: ignore, error: keep, fatal: keep };
}
