import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { SluiceError } from '@sluice/engine';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { AppModule } from './app.module.js';
import { banner, sampleUrls, type OpenWallet } from './banner.js';
import { helpText } from './config/flags.js';
import { ConfigError, readConfig } from './config/sample-config.js';
import { HATHOR_SOURCE, type HathorSource } from './hathor/hathor-source.js';
import type { RunningChain } from './hathor/running-chain.js';

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config.help) {
    console.log(helpText());
    return;
  }
  const app = await NestFactory.create(AppModule.of(config), {
    logger: ['error', 'warn'],
    abortOnError: false,
    // Otherwise one unfinished HTTP request would hold up the end for a minute.
    forceCloseConnections: true,
  });
  app.enableShutdownHooks();
  await app.listen(config.hathorPort, config.address);
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  const urls = sampleUrls(config, port);
  const { running } = app.get<HathorSource>(HATHOR_SOURCE);
  const wallets = running === undefined ? [] : openWallets(running);
  console.log(config.json ? JSON.stringify(urls) : banner(config, urls, wallets));
}

function openWallets({ chain }: RunningChain): OpenWallet[] {
  return [
    { name: 'genesis words', words: chain.genesisWallet.words },
    { name: 'miner’s words', words: chain.wallet.words },
  ];
}

/** What is expected to go wrong says by itself what to do; only for the rest is a stack of use. */
function explain(error: NodeJS.ErrnoException): string {
  if (error instanceof ConfigError) return `${error.message}\nTry --help.`;
  if (error instanceof SluiceError || error.syscall !== undefined) return error.message;
  return error.stack ?? error.message;
}

main().catch((error: unknown) => {
  console.error(explain(error as Error));
  process.exit(error instanceof ConfigError ? 2 : 1);
});
