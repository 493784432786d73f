import 'reflect-metadata';
import { Module, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { json, sendOnly } from '@sluice/engine';
import { ChainGateway, SluiceModule, Topic } from '@sluice/nestjs';
import { Type as TypeOf } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Min, ValidateNested } from 'class-validator';
import { EMPTY, type Observable } from 'rxjs';
import { AsyncApiModule, type AsyncApiModuleOptions } from '../../src/index.js';

declare module '@sluice/engine' {
  interface ChainEventMap {
    'quote.changed': { readonly symbol: string };
  }
}

class PriceRange {
  @IsInt()
  @Min(0)
  readonly from!: number;
}

class SubscribeQuotes {
  @IsString()
  @Length(1, 12)
  readonly symbol!: string;

  @IsOptional()
  @ValidateNested({ each: true })
  @TypeOf(() => PriceRange)
  readonly ranges?: readonly PriceRange[];
}

/** Nothing is said about its messages but by decorators and classes. */
@ChainGateway({ path: ['/rooms/:room', '/all'], codec: json({ command: 'action' }) })
export class QuoteGateway {
  @SubscribeMessage('subscribe')
  subscribe(@MessageBody() body: SubscribeQuotes): object {
    return body;
  }

  @SubscribeMessage('lookup')
  lookup(@MessageBody('range') range: PriceRange): object {
    return range;
  }

  @SubscribeMessage('ping')
  ping(): object {
    return {};
  }

  @Topic('quote', { event: 'quote.changed' })
  quote(quote: { readonly symbol: string }): object {
    return quote;
  }
}

/** Everything is said about its messages. */
@ChainGateway({
  path: '/ticks',
  codec: sendOnly(),
  atLimit: { code: 1008, reason: 'Full' },
  shutdown: { code: 1001, reason: 'Bye' },
  contract: {
    id: 'ticks',
    title: 'Ticks <b>',
    description: 'Each `tick`:\n\n- one\n- two',
    query: { type: 'object', properties: { from: { type: 'string' } } },
    schemas: { Tick: { type: 'integer', minimum: 1 } },
    messages: {
      'a tick': {
        summary: 'One <i>tick</i>',
        payload: { $ref: '#/components/schemas/Tick' },
        examples: [{ summary: 'The first', payload: 1 }],
      },
    },
    topics: { tick: { messages: ['a tick'] }, tock: false },
    closes: [{ code: 1006, when: 'something is wrong' }],
  },
})
export class TickGateway {
  @Topic('tick')
  ticks(): Observable<number> {
    return EMPTY;
  }

  @Topic('tock')
  tocks(): Observable<number> {
    return EMPTY;
  }
}

export const PLATFORMS = ['express', 'fastify'] as const;

export interface QuoteOptions {
  readonly gateways?: readonly Type[];
  readonly platform?: (typeof PLATFORMS)[number];
  readonly asyncapi?: AsyncApiModuleOptions;
  readonly globalPrefix?: string;
}

/** An application that listens, with its gateways and their document. */
export async function startQuotes(options: QuoteOptions = {}): Promise<INestApplication> {
  const { gateways = [QuoteGateway, TickGateway], platform, asyncapi, globalPrefix } = options;
  @Module({
    imports: [SluiceModule.forRoot(), AsyncApiModule.forRoot(asyncapi)],
    providers: [...gateways],
  })
  class RootModule {}
  const http = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(RootModule, http, { logger: false, abortOnError: false });
  if (globalPrefix !== undefined) app.setGlobalPrefix(globalPrefix);
  await app.listen(0, '127.0.0.1');
  return app;
}
