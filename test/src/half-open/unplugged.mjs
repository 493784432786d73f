/**
 * A gateway without a heartbeat and clients of it, on a network of their own: then the cable is pulled, and neither side
 * is told. Prints how many connections were left when the clients were unplugged, and ends when none is left.
 */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { json } from '@sluice/engine';
import { ChainGateway, SessionRegistry, SluiceModule } from '@sluice/nestjs';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';

const CLIENTS = 3;

class Gateway {}
ChainGateway({ path: '/quiet', codec: json(), heartbeat: false })(Gateway);

class Root {}
Module({
  imports: [SluiceModule.forRoot({ limits: { keepAliveMs: 1000 } })],
  providers: [Gateway],
})(Root);

const app = await NestFactory.create(Root, { logger: false });
await app.listen(0, '127.0.0.1');
const url = `${(await app.getUrl()).replace('http', 'ws')}/quiet`;
const registry = app.get(SessionRegistry);
for (let count = 0; count < CLIENTS; count++) {
  const client = new WebSocket(url);
  client.on('error', () => undefined);
  await once(client, 'open');
}
execFileSync('ip', ['link', 'set', 'lo', 'down']);
console.log(JSON.stringify({ unplugged: registry.connections }));
while (registry.connections > 0) await pause(100);
console.log(JSON.stringify({ left: registry.connections }));
process.exit();
