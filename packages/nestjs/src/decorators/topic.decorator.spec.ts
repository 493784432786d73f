/** What does not compile; the calls run, but the type checker is what is tested. */
import { describe, expect, it } from '@jest/globals';
import { disconnectSlow, type FlowControl as Control, type TopicFilter } from '@sluice/engine';
import { of, type Observable } from 'rxjs';
import { Filter } from './filter.decorator.js';
import { FlowControl } from './flow-control.decorator.js';
import { Topic } from './topic.decorator.js';

interface Quote {
  readonly symbol: string;
}

declare module '@sluice/engine' {
  interface ChainEventMap {
    'quote.typed': Quote;
    'quote.gone': { readonly gone: string };
  }
}

class QuoteFilter implements TopicFilter<Quote, object> {
  eventKeys({ symbol }: Quote): string[] {
    return [symbol];
  }
}

class NumberFilter implements TopicFilter<number> {
  matches(event: number): boolean {
    return event > 0;
  }
}

const numbersOnly = disconnectSlow() as Control<number>;

class Gateway {
  @Topic('good', { event: 'quote.typed' })
  @Filter(QuoteFilter)
  good(quote: Quote): string {
    return quote.symbol;
  }

  @Topic('less', { event: 'quote.typed' })
  less(): string {
    return '';
  }

  @Topic('several', { event: ['quote.typed', 'quote.gone'] })
  several(quote: Quote | { readonly gone: string }): string {
    return 'gone' in quote ? quote.gone : quote.symbol;
  }

  // @ts-expect-error the payload may be the other one
  @Topic('one-of-several', { event: ['quote.typed', 'quote.gone'] })
  oneOfSeveral(quote: Quote): string {
    return quote.symbol;
  }

  // @ts-expect-error there is no such event
  @Topic('unknown', { event: 'quote.wrong' })
  unknown(quote: Quote): string {
    return quote.symbol;
  }

  // @ts-expect-error the payload is no number
  @Topic('payload', { event: 'quote.typed' })
  payload(quote: number): number {
    return quote;
  }

  // @ts-expect-error a topic without an event returns an Observable
  @Topic('value')
  value(): string {
    return '';
  }

  // @ts-expect-error a promise is no message
  @Topic('later', { event: 'quote.typed' })
  later(quote: Quote): Promise<string> {
    return Promise.resolve(quote.symbol);
  }

  // @ts-expect-error nor is an Observable: that is what topics without an event return
  @Topic('observable', { event: 'quote.typed' })
  observable(quote: Quote): Observable<string> {
    return of(quote.symbol);
  }

  // @ts-expect-error some of what it returns is a promise
  @Topic('at-times', { event: 'quote.typed' })
  atTimes(quote: Quote): string | Promise<string> {
    return quote.symbol === '' ? '' : this.later(quote);
  }

  @Topic('anything', { event: 'quote.typed' })
  anything(quote: Quote): unknown {
    return quote;
  }

  @Topic('messages', { autoSubscribe: true })
  messages(): Observable<string> {
    return of('');
  }

  @Topic('filter', { event: 'quote.typed' })
  // @ts-expect-error the filter is for other events
  @Filter(NumberFilter)
  filter(quote: Quote): string {
    return quote.symbol;
  }

  @Topic('flow', { event: 'quote.typed' })
  // @ts-expect-error the flow control is for other events
  @FlowControl(numbersOnly)
  flow(quote: Quote): string {
    return quote.symbol;
  }
}

describe('topic decorators', () => {
  it('leave the method as it is', () => {
    expect(new Gateway().good({ symbol: 'HTR' })).toBe('HTR');
  });
});
