import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SluiceError } from '@sluice/engine';
import { OptionsError } from '@sluice/nestjs';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { AppModule, ASYNCAPI_PATH, INSPECTOR_PATH } from './app.module.js';
import { banner } from './banner.js';
import { helpText } from './config/flags.js';
import { ConfigError, readConfig } from './config/sample-config.js';
import { openDialects } from './dialects/sample-dialects.js';
import { SamplePlaces } from './dialects/sample-places.js';
import { openSampleLog, takeTurn } from './nodes/sample-log.js';

/** As with a node an upgrade is complete within five seconds, its headers too; `http` has no setter for the interval. */
const UPGRADE_TIMES = { headersTimeout: 5000, connectionsCheckingInterval: 500 };

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config.help) {
    console.log(helpText());
    return;
  }
  const log = openSampleLog(config);
  await takeTurn(log, config);
  const dialects = openDialects(config);
  const app = await NestFactory.create(AppModule.of(config, dialects, log), {
    logger: ['error', 'warn'],
    abortOnError: false,
    // Otherwise one unfinished HTTP request would hold up the end for a minute.
    forceCloseConnections: true,
    // Control endpoints that publish events read their numbers exactly.
    rawBody: true,
  });
  app.enableShutdownHooks();
  Object.assign(app.getHttpServer() as Server, UPGRADE_TIMES);
  await app.listen(config.ports.hathor, config.address);
  const places = new SamplePlaces(config.address, portOf(app), app);
  const cards = Array.from(dialects, ([name, dialect]) => [name, dialect.card(places)] as const);
  const urls = Object.fromEntries(cards.map(([name, card]) => [name, card.urls]));
  const shown = cards.map(([, card]) => card);
  const pages = {
    Inspector: `http://${places.operators}${INSPECTOR_PATH}/`,
    AsyncAPI: `http://${places.http}${ASYNCAPI_PATH}`,
  };
  console.log(config.json ? JSON.stringify(urls) : banner(shown, pages));
}

/** The port that was opened, as `--hathor-port` may have been 0. */
function portOf(app: INestApplication): number {
  return ((app.getHttpServer() as Server).address() as AddressInfo).port;
}

/** What is expected to go wrong says by itself what to do; only for the rest is a stack of use. */
function explain(error: NodeJS.ErrnoException): string {
  if (error instanceof ConfigError) return `${error.message}\nTry --help.`;
  if (error instanceof OptionsError) return error.message;
  if (error instanceof SluiceError || error.syscall !== undefined) return error.message;
  return error.stack ?? error.message;
}

main().catch((error: unknown) => {
  console.error(explain(error as Error));
  process.exit(error instanceof ConfigError || error instanceof OptionsError ? 2 : 1);
});
