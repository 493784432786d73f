import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallHandler, NestInterceptor } from '@nestjs/common';
import { UseInterceptors } from '@nestjs/common';
import { SubscribeMessage } from '@nestjs/websockets';
import { afterAnswers, EventBus, json, latestOnly } from '@sluice/engine';
import type { Observable } from 'rxjs';
import { concatMap, of } from 'rxjs';
import { ChainGateway, FlowControl, Topic } from '../src/index.js';
import { TestApplication } from './support/application.js';

declare module '@sluice/engine' {
  interface ChainEventMap {
    'order.filled': number;
  }
}

/** Answers leave some turns after the method has returned. */
class SlowAnswers implements NestInterceptor {
  intercept(_context: unknown, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await new Promise((resolve) => setImmediate(resolve));
        return answer;
      }),
    );
  }
}

@ChainGateway({ path: '/orders', codec: json() })
class OrdersGateway {
  constructor(private readonly bus: EventBus) {}

  @SubscribeMessage('fill')
  @UseInterceptors(SlowAnswers)
  fill(): object {
    void this.bus.publish('order.filled', 1);
    void this.bus.publish('order.filled', 2);
    return { answer: 'filled' };
  }

  @SubscribeMessage('fill-in-parts')
  parts(): Observable<object> {
    void this.bus.publish('order.filled', 3);
    return of({ answer: 'part' }, { answer: 'rest' });
  }

  @SubscribeMessage('fail')
  fail(): never {
    void this.bus.publish('order.filled', 4);
    throw new Error('a fault');
  }

  @Topic('patient', { event: 'order.filled', autoSubscribe: true })
  @FlowControl(afterAnswers(latestOnly()))
  patient(order: number): object {
    return { order };
  }
}

describe('a topic whose messages come after answers', () => {
  let server: TestApplication;

  beforeEach(async () => {
    server = await TestApplication.start({ providers: [OrdersGateway] });
  });
  afterEach(() => server.stop());

  it.each([
    ['fill', [{ answer: 'filled' }, { order: 2 }]],
    ['fill-in-parts', [{ answer: 'part' }, { answer: 'rest' }, { order: 3 }]],
  ])('lets the answer of %s go first', async (command, expected) => {
    const client = await server.connect('/orders');
    client.send({ type: command });
    for (const message of expected) expect(await client.nextJson()).toEqual(message);
  });

  it('lets the answer to a fault go first', async () => {
    const client = await server.connect('/orders');
    client.send({ type: 'fail' });
    expect(await client.nextJson()).toHaveProperty('error');
    expect(await client.nextJson()).toEqual({ order: 4 });
  });

  it('does not make other clients wait for the answer', async () => {
    const other = await server.connect('/orders');
    const client = await server.connect('/orders');
    client.send({ type: 'fill' });
    expect(await other.nextJson()).toEqual({ order: 1 });
    expect(await client.nextJson()).toEqual({ answer: 'filled' });
  });
});
