/**
 * An application of somebody else, run by plain Node in a folder with the packed packages: dialects, metrics, health and
 * the inspector, and clients that get an event. Prints what it saw, as JSON.
 */
/* global fetch */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { BasaltModule } from '@sluice/basalt';
import { EventBus } from '@sluice/engine';
import { HathorModule } from '@sluice/hathor';
import { InspectorModule } from '@sluice/inspector';
import { lmdbLog } from '@sluice/log-lmdb';
import { SluiceModule } from '@sluice/nestjs';
import { SluiceHealthModule } from '@sluice/nestjs/health';
import { SluiceMetricsModule } from '@sluice/nestjs/metrics';
import { TestClient } from '@sluice/testing';

const BLOCK = {
  number: 7,
  hash: `0x${'0a'.repeat(32)}`,
  parentHash: `0x${'00'.repeat(32)}`,
  stateRoot: `0x${'0b'.repeat(32)}`,
  timestamp: 0,
  proposer: `0x${'0c'.repeat(20)}`,
  gasUsed: 0,
  gasLimit: 1,
  transactionCount: 0,
};

class AppModule {}
Module({
  imports: [
    SluiceModule.forRoot({ log: lmdbLog({ path: process.env.EVENT_LOG }) }),
    SluiceMetricsModule.forRoot({ path: 'metrics' }),
    SluiceHealthModule.forRoot({ path: 'health' }),
    InspectorModule.forRoot({ path: '/inspector' }),
    HathorModule.forRoot({ network: 'mainnet' }),
    BasaltModule.forRoot({ port: 'application' }),
  ],
})(AppModule);

async function main() {
  const http = process.env.PLATFORM === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(AppModule, http, { logger: ['error', 'warn'] });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const bus = app.get(EventBus);

  const events = await TestClient.connect(`${url.replace('http', 'ws')}/event_ws`);
  events.send({ type: 'START_STREAM', window_size: 10 });
  await bus.publish('node.crashed', {});
  const blocks = await TestClient.connect(`${url.replace('http', 'ws')}/ws/blocks`);
  await blocks.ping();
  await bus.publish('basalt.block', BLOCK);

  let event;
  do ({ event } = await events.nextJson());
  while (event.type !== 'FULL_NODE_CRASHED');
  const { type, block } = await blocks.nextJson();
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const health = await (await fetch(`${url}/health/ready`)).json();
  const page = await (await fetch(`${url}/inspector/`)).text();
  const closed = Promise.all([events.closed(), blocks.closed()]);
  await app.close();
  const codes = (await closed).map(({ code }) => code);
  console.log(JSON.stringify({ event, type, block, metrics, health, page, codes }));
}

void main();
