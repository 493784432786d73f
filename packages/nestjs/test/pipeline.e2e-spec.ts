import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BadRequestException,
  Catch,
  createParamDecorator,
  Injectable,
  InternalServerErrorException,
  UnauthorizedException,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { MessageBody, SubscribeMessage, WsException } from '@nestjs/websockets';
import { json, SluiceError } from '@sluice/engine';
import type { TestClient } from '@sluice/testing';
import { IsInt, IsString } from 'class-validator';
import { map, type Observable } from 'rxjs';
import { ChainGateway, sessionOf } from '../src/index.js';
import { RecordingLogger } from './support/recording-logger.js';
import { TestApplication } from './support/application.js';

class Order {
  @IsString() symbol!: string;
  @IsInt() amount!: number;
}

@Injectable()
class DenyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return sessionOf(context) === undefined;
  }
}

@Injectable()
class Wrapping implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((value: unknown) => ({ wrapped: value })));
  }
}

@Catch(RangeError)
class OwnFilter implements ExceptionFilter {
  catch(error: RangeError, host: ArgumentsHost): void {
    sessionOf(host)?.send(`own: ${error.message}`);
  }
}

@Catch(TypeError)
class ClassFilter implements ExceptionFilter {
  catch(error: TypeError, host: ArgumentsHost): void {
    sessionOf(host)?.send(`class: ${error.message}`);
  }
}

const Endpoint = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return sessionOf(context)?.info.endpoint;
});

const thrown: Record<string, unknown> = {
  bad: new BadRequestException('no good'),
  unauthorized: new UnauthorizedException(),
  http500: new InternalServerErrorException('password 1234'),
  ws: new WsException('not now'),
  sluice: new SluiceError('LIMIT', 'too many', { details: { limit: 3 } }),
  error: new Error('password 1234'),
  text: 'password 1234',
};

@UseFilters(ClassFilter)
@ChainGateway({ path: '/pipeline', codec: json() })
class PipelineGateway {
  @UsePipes(new ValidationPipe())
  @SubscribeMessage('order')
  order(@MessageBody() { symbol, amount }: Order) {
    return { symbol, amount };
  }

  @UseGuards(DenyGuard)
  @SubscribeMessage('denied')
  denied(): string {
    return 'never';
  }

  @UseInterceptors(Wrapping)
  @SubscribeMessage('wrapped')
  wrapped(@Endpoint() endpoint: string): string {
    return endpoint;
  }

  @SubscribeMessage('throw')
  throw(@MessageBody('what') what: string): never {
    throw thrown[what];
  }

  @UseFilters(OwnFilter)
  @SubscribeMessage('own')
  own(): never {
    throw new RangeError('too far');
  }

  @SubscribeMessage('class')
  class(): never {
    throw new TypeError('not that');
  }
}

describe("Nest's pipeline", () => {
  let application: TestApplication;
  let client: TestClient;
  let logger: RecordingLogger;

  beforeEach(async () => {
    logger = new RecordingLogger();
    application = await TestApplication.start({
      providers: [PipelineGateway],
      logger,
    });
    client = await application.connect('/pipeline');
  });

  afterEach(() => application.stop());

  const fault = async (message: object): Promise<unknown> => {
    client.send(message);
    const { error } = await client.nextJson<{ error: unknown }>();
    return error;
  };

  it('validates DTOs and tells what is wrong', async () => {
    client.send({ type: 'order', symbol: 'HTR', amount: 1 });
    expect(await client.nextJson()).toEqual({ symbol: 'HTR', amount: 1 });
    const messages = ['symbol must be a string', 'amount must be an integer number'];
    expect(await fault({ type: 'order', amount: 'one' })).toEqual({
      code: 'INVALID',
      message: messages.join(', '),
      details: { messages },
      command: 'order',
    });
  });

  it('answers a guard that refuses with FORBIDDEN', async () => {
    expect(await fault({ type: 'denied' })).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('runs interceptors and custom parameter decorators', async () => {
    client.send({ type: 'wrapped' });
    expect(await client.nextJson()).toEqual({ wrapped: '/pipeline' });
  });

  it.each([
    ['bad', { code: 'INVALID', message: 'no good' }],
    ['unauthorized', { code: 'FORBIDDEN', message: 'Unauthorized' }],
    ['http500', { code: 'INTERNAL', message: 'Internal error' }],
    ['ws', { code: 'INVALID', message: 'not now' }],
    ['sluice', { code: 'LIMIT', message: 'too many', details: { limit: 3 } }],
    ['error', { code: 'INTERNAL', message: 'Internal error' }],
    ['text', { code: 'INTERNAL', message: 'Internal error' }],
  ])('maps a thrown "%s" and never shows an internal cause', async (what, expected) => {
    expect(await fault({ type: 'throw', what })).toEqual({ ...expected, command: 'throw' });
  });

  it("lets the application's filters on a method or the class win", async () => {
    client.send({ type: 'own' });
    expect(await client.next()).toBe('own: too far');
    client.send({ type: 'class' });
    expect(await client.next()).toBe('class: not that');
  });

  it('logs internal faults with their stack and client faults at debug level', async () => {
    await fault({ type: 'throw', what: 'error' });
    await fault({ type: 'throw', what: 'bad' });
    await fault({ type: 'denied' });
    expect(logger.at('error')).toEqual(['/pipeline throw: password 1234']);
    expect(logger.at('debug')).toContain('/pipeline throw: INVALID no good');
  });
});
