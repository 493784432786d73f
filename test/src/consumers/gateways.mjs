/** What must hold on every supported major of Nest, run by plain Node in a folder with the packed packages. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { BadRequestException, Module, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { EventBus, json } from '@sluice/engine';
import { ChainGateway, ConnectedSession, SluiceModule, Topic } from '@sluice/nestjs';
import { WebSocket } from 'ws';

const Deny = { canActivate: () => false };

class Chain {
  handleConnection(_client, request) {
    if (request.url.includes('throw')) throw new Error('in handleConnection');
  }
  async handleDisconnect() {
    throw new Error('in handleDisconnect');
  }
  onSessionOpen(session) {
    session.send('{"open":true}');
  }
  where(session) {
    return { where: session.info.endpoint };
  }
  echo(value) {
    return { value };
  }
  bad() {
    throw new BadRequestException(['a is wrong']);
  }
  bug() {
    throw new Error('secret');
  }
  denied() {}
  async slow() {
    await setImmediate();
    return { slow: true };
  }
  news(text) {
    return { news: text };
  }
}
const method = (name, ...decorators) => {
  const descriptor = Object.getOwnPropertyDescriptor(Chain.prototype, name);
  for (const decorate of decorators) decorate(Chain.prototype, name, descriptor);
};
for (const name of ['where', 'echo', 'bad', 'bug', 'denied', 'slow'])
  method(name, SubscribeMessage(name));
method('denied', UseGuards(Deny));
method('news', Topic('news', { event: 'news', autoSubscribe: true }));
ConnectedSession()(Chain.prototype, 'where', 0);
MessageBody('value')(Chain.prototype, 'echo', 0);
ChainGateway({ path: '/chain', codec: json() })(Chain);

class Stock {
  hello() {
    return { event: 'hello', data: 'stock' };
  }
}
SubscribeMessage('hello')(
  Stock.prototype,
  'hello',
  Object.getOwnPropertyDescriptor(Stock.prototype, 'hello'),
);
WebSocketGateway({ path: '/stock' })(Stock);

class App {}
Module({ imports: [SluiceModule.forRoot()], providers: [Chain, Stock] })(App);

const app = await NestFactory.create(App, { logger: false });
await app.listen(0, '127.0.0.1');
const base = (await app.getUrl()).replace('http', 'ws');

async function open(path) {
  const socket = new WebSocket(base + path);
  const messages = [];
  const waiting = [];
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    const next = waiting.shift();
    if (next) next(message);
    else messages.push(message);
  });
  await once(socket, 'open');
  const next = () =>
    messages.length > 0 ? messages.shift() : new Promise((resolve) => waiting.push(resolve));
  const ask = (message) => {
    socket.send(JSON.stringify(message));
    return next();
  };
  return { socket, next, ask };
}

const { socket, next, ask } = await open('/chain/');
assert.deepEqual(await next(), { open: true });
assert.deepEqual(await ask({ type: 'where' }), { where: '/chain' });
assert.deepEqual(await ask({ type: 'echo', value: 1 }), { value: 1 });
assert.deepEqual((await ask({ type: 'bad' })).error, {
  code: 'INVALID',
  message: 'a is wrong',
  details: { messages: ['a is wrong'] },
  command: 'bad',
});
const bug = { code: 'INTERNAL', message: 'Internal error', command: 'bug' };
assert.deepEqual((await ask({ type: 'bug' })).error, bug);
assert.equal((await ask({ type: 'denied' })).error.code, 'FORBIDDEN');
assert.equal((await ask({ type: 'nothing' })).error.code, 'UNKNOWN_COMMAND');
await app.get(EventBus).publish('news', 'published');
assert.deepEqual(await next(), { news: 'published' });

const stock = await open('/stock');
assert.deepEqual(await stock.ask({ event: 'hello' }), { event: 'hello', data: 'stock' });
stock.socket.close();

const thrown = await open('/chain?throw');
assert.equal((await once(thrown.socket, 'close'))[0], 1011);

const unknown = new WebSocket(`${base}/unknown`);
const [, response] = await once(unknown, 'unexpected-response');
assert.equal(response.statusCode, 404);
unknown.on('error', () => undefined);
unknown.terminate();

socket.send('{"type":"slow"}');
const slow = next();
await ask({ type: 'echo' });
assert.deepEqual(await slow, { slow: true });
const [[code]] = await Promise.all([once(socket, 'close'), app.close()]);
assert.equal(code, 1001);
console.log('ok');
