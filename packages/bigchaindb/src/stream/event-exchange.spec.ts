import { describe, expect, it } from '@jest/globals';
import { EventExchange } from './event-exchange.js';
import { POISON_PILL, StreamEventType, type StreamEvent } from './stream-event.js';

const { BLOCK_VALID, BLOCK_INVALID, ALL } = StreamEventType;
const valid: StreamEvent = { type: BLOCK_VALID, data: { height: 1, transactions: [] } };
const invalid: StreamEvent = { type: BLOCK_INVALID, data: { height: 2, transactions: [] } };

function heard(exchange: EventExchange, types?: number): StreamEvent[] {
  const events: StreamEvent[] = [];
  exchange.subscribe(types).subscribe((event) => events.push(event));
  return events;
}

describe('EventExchange', () => {
  it('bigchaindb §15.16 tells an event to those who subscribed to its type', () => {
    const exchange = new EventExchange();
    const listeners = [
      heard(exchange, BLOCK_VALID),
      heard(exchange, BLOCK_VALID | BLOCK_INVALID),
      heard(exchange, ALL),
      heard(exchange, BLOCK_INVALID),
    ];
    exchange.run();
    exchange.put(valid);
    expect(listeners).toEqual([[valid], [valid], [valid], []]);
  });

  it('bigchaindb §15.17 refuses subscribers once it runs', () => {
    const exchange = new EventExchange();
    exchange.run();
    expect(() => exchange.subscribe()).toThrow('The exchange has started');
  });

  it('bigchaindb §15.18 handles what waits and stops at a poison pill with an empty queue', () => {
    const exchange = new EventExchange();
    const events = heard(exchange);
    exchange.put(valid);
    exchange.put(POISON_PILL);
    exchange.put(invalid);
    expect(exchange.pending).toBe(3);
    exchange.run();
    exchange.put(invalid);
    expect([events, exchange.pending]).toEqual([[valid], 0]);
  });

  it('bigchaindb §15.15 keeps the order, also of what a subscriber puts', () => {
    const exchange = new EventExchange();
    exchange.subscribe(BLOCK_VALID).subscribe(() => {
      exchange.put(invalid);
    });
    const events = heard(exchange);
    exchange.run();
    exchange.put(valid);
    expect(events).toEqual([valid, invalid]);
    expect(exchange.pending).toBe(0);
  });
});
