import { Parser } from '@asyncapi/parser';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { INestApplication, Type } from '@nestjs/common';
import { sendOnly } from '@sluice/engine';
import { ChainGateway, Topic, type WireContract } from '@sluice/nestjs';
import { EMPTY, type Observable } from 'rxjs';
import { parse } from 'yaml';
import { createAsyncApiDocument, toYaml } from '../src/index.js';
import { QuoteGateway, startQuotes, TickGateway } from './support/quote-application.js';

let app: INestApplication | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function documentOf(...gateways: Type[]) {
  app = await startQuotes({ gateways });
  return createAsyncApiDocument(app, { title: 'Quotes' });
}

describe('the document', () => {
  it('passes AsyncAPI’s own parser without an error', async () => {
    const document = await documentOf(QuoteGateway, TickGateway);
    const found = await new Parser().validate(JSON.stringify(document));
    expect(found.filter(({ severity }) => Number(severity) === 0)).toEqual([]);
  });

  it('is the same as YAML', async () => {
    const document = await documentOf(QuoteGateway, TickGateway);
    expect(parse(toYaml(document))).toEqual(document);
  });

  it('has a channel per path, with its parameters, where the gateway listens', async () => {
    const { servers, channels } = await documentOf(QuoteGateway);
    const { host } = new URL((await app?.getUrl()) ?? '');
    expect(Object.values(servers)).toEqual([{ host, protocol: 'ws' }]);
    expect(channels).toMatchObject({
      quote: { address: '/rooms/{room}', parameters: { room: {} } },
      quote_all: { address: '/all', 'x-alias-of': { $ref: '#/channels/quote' } },
    });
    expect(channels.quote_all).not.toHaveProperty('parameters');
  });

  it('has an operation per command and topic on each of them', async () => {
    const { operations } = await documentOf(QuoteGateway);
    expect(Object.entries(operations).map(([key, { action }]) => [key, action])).toEqual(
      ['quote', 'quote_all'].flatMap((channel) => [
        [`${channel}.receive.subscribe`, 'receive'],
        [`${channel}.receive.lookup`, 'receive'],
        [`${channel}.receive.ping`, 'receive'],
        [`${channel}.send.quote`, 'send'],
      ]),
    );
  });

  it('takes what commands need from the classes of their bodies, and the codec', async () => {
    const { components } = await documentOf(QuoteGateway);
    const range = {
      type: 'object',
      properties: { from: { type: 'integer', minimum: 0 } },
      required: ['from'],
    };
    expect(components.messages['quote.subscribe']?.payload).toMatchObject({
      properties: { action: { const: 'subscribe' } },
      required: ['action'],
      allOf: [
        {
          properties: {
            symbol: { type: 'string', minLength: 1, maxLength: 12 },
            ranges: { anyOf: [{ type: 'array', items: range }, { type: 'null' }] },
          },
          required: ['symbol'],
        },
      ],
    });
    expect(components.messages['quote.lookup']?.payload).toMatchObject({
      allOf: [{ type: 'object', properties: { range } }],
    });
    expect(components.messages['quote.quote']?.payload).toEqual({});
  });

  it('takes everything else from the contract, under names that AsyncAPI allows', async () => {
    const { channels, operations, components } = await documentOf(TickGateway);
    expect(components.messages['ticks.a_tick']).toEqual({
      name: 'a tick',
      title: 'a tick',
      summary: 'One <i>tick</i>',
      contentType: 'application/json',
      payload: { $ref: '#/components/schemas/ticks.Tick' },
      examples: [{ name: 'a_tick_1', summary: 'The first', payload: 1 }],
    });
    expect(components.schemas).toEqual({ 'ticks.Tick': { type: 'integer', minimum: 1 } });
    expect(Object.keys(operations)).toEqual(['ticks.send.tick']);
    expect(channels.ticks?.bindings.ws.query).toEqual({
      type: 'object',
      properties: { from: { type: 'string' } },
    });
  });

  it('tells the close codes of the options and of the contract', async () => {
    const { channels } = await documentOf(TickGateway);
    const lines = channels.ticks?.description.split('\n').slice(-3);
    expect(lines).toEqual([
      '- 1008 “Full”: more clients than the endpoint takes',
      '- without a Close frame (1006): something is wrong',
      '- 1001 “Bye”: the server shuts down',
    ]);
  });

  it('has the host, the title and the gateways that are asked for', async () => {
    await documentOf(QuoteGateway, TickGateway);
    if (app === undefined) throw new Error();
    const options = {
      host: 'example.org',
      title: 'T',
      version: '2.0.0',
      gateways: ['TickGateway'],
    };
    const { info, servers, channels } = createAsyncApiDocument(app, options);
    expect(info).toMatchObject({ title: 'T', version: '2.0.0' });
    expect(Object.values(servers)[0]?.host).toMatch(/^example\.org:\d+$/);
    expect(Object.keys(channels)).toEqual(['ticks']);
  });
});

describe('a contract that does not fit its gateway', () => {
  it.each<[string, WireContract, RegExp]>([
    ['a topic that is none', { topics: { gone: {} } }, /has no topic gone/],
    ['a command that is none', { commands: { gone: {} } }, /has no command gone/],
    ['a message that is none', { topics: { tick: { messages: ['gone'] } } }, /no message/],
    ['a message that nobody sends', { messages: { lost: {} } }, /nothing sends or receives lost/],
    [
      'a schema that is none',
      { messages: { tick: { payload: { $ref: '#/components/schemas/Gone' } } } },
      /there is no schema Gone/,
    ],
  ])('%s is an error', async (_, contract, message) => {
    @ChainGateway({ path: '/ticks', codec: sendOnly(), contract })
    class Ticks {
      @Topic('tick')
      ticks(): Observable<number> {
        return EMPTY;
      }
    }
    await expect(documentOf(Ticks)).rejects.toThrow(message);
  });

  it('is an error if two gateways have one name', async () => {
    @ChainGateway({ path: '/other', codec: sendOnly(), contract: { id: 'ticks' } })
    class OtherGateway {}
    await expect(documentOf(TickGateway, OtherGateway)).rejects.toThrow(/set the contract's id/);
  });
});
