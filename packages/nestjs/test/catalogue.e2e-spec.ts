import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { json, sendOnly } from '@sluice/engine';
import { ChainGateway, GatewayCatalogue, Topic } from '../src/index.js';
import { EMPTY, type Observable } from 'rxjs';
import { TestApplication } from './support/application.js';

class Subscribe {
  readonly symbol?: string;
}

@ChainGateway({ path: ['/quotes', '/v1/quotes'], codec: json(), contract: { title: 'Quotes' } })
class QuoteGateway {
  @SubscribeMessage('subscribe')
  subscribe(@MessageBody() body: Subscribe): object {
    return body;
  }

  @SubscribeMessage('lookup')
  lookup(@MessageBody('symbol') symbol: string): object {
    return { symbol };
  }

  @SubscribeMessage('ping')
  ping(): object {
    return {};
  }

  @Topic('quote')
  quotes(): Observable<object> {
    return EMPTY;
  }
}

const contractOf = { title: 'Known at run time' };

@ChainGateway({
  path: '*',
  codec: sendOnly(),
  port: 'free',
  address: '127.0.0.1',
  atLimit: { code: 1008 },
  shutdown: {},
  contract: { title: 'Known before' },
  config: 'CONFIG',
})
class PlainGateway {}

let running: INestApplication | undefined;
afterEach(() => running?.close());

async function catalogue(listens: boolean) {
  running = await TestApplication.create({
    providers: [
      QuoteGateway,
      PlainGateway,
      { provide: 'CONFIG', useValue: { contract: contractOf } },
    ],
  });
  if (listens) await running.listen(0, '127.0.0.1');
  else await running.init();
  const { gateways } = running.get(GatewayCatalogue, { strict: false });
  return new Map(gateways.map((gateway) => [gateway.gateway, gateway]));
}

describe('the catalogue of gateways', () => {
  it('has the commands with what their bodies are, and the topics', async () => {
    const quotes = (await catalogue(false)).get('QuoteGateway');
    expect(quotes?.commands).toEqual([
      { name: 'subscribe', method: 'subscribe', body: { type: Subscribe, member: undefined } },
      { name: 'lookup', method: 'lookup', body: { type: String, member: 'symbol' } },
      { name: 'ping', method: 'ping', body: undefined },
    ]);
    expect(quotes).toMatchObject({ topics: ['quote'], paths: ['/quotes', '/v1/quotes'] });
  });

  it('has the options in force', async () => {
    const gateways = await catalogue(false);
    expect(gateways.get('QuoteGateway')).toMatchObject({
      contract: { title: 'Quotes' },
      shutdown: { code: 1001 },
      atLimit: undefined,
    });
    expect(gateways.get('PlainGateway')).toMatchObject({
      contract: contractOf,
      shutdown: {},
      atLimit: { code: 1008 },
      commands: [],
      topics: [],
    });
  });

  it('knows the ports once the application listens', async () => {
    const gateways = await catalogue(true);
    const url = new URL((await running?.getUrl()) ?? '');
    const plain = gateways.get('PlainGateway');
    expect(gateways.get('QuoteGateway')).toMatchObject({
      port: Number(url.port),
      address: '127.0.0.1',
    });
    expect(plain?.address).toBe('127.0.0.1');
    expect(plain?.port).toBeGreaterThan(0);
    expect(plain?.port).not.toBe(Number(url.port));
  });

  it('knows no port of the application before that', async () => {
    const gateways = await catalogue(false);
    expect(gateways.get('QuoteGateway')).toMatchObject({ port: undefined, address: undefined });
  });
});
