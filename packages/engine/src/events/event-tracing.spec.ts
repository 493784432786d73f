import { describe, expect, it } from '@jest/globals';
import type { ChainEvent } from './chain-event.js';
import { EventBus } from './event-bus.js';
import type { EventTracing, PublicationTrace } from './event-tracing.js';

interface Events {
  tick: number;
}

/** Says what happens to each event, and inside of what. */
class TellingTracing implements EventTracing {
  readonly told: string[] = [];

  publication({ id }: ChainEvent): PublicationTrace {
    this.told.push(`${id} begins`);
    return {
      record: (run) => this.around(`${id} record`, run),
      deliver: (run) => this.around(`${id} deliver`, run),
      published: (error) => {
        this.told.push(`${id} ${error instanceof Error ? error.message : 'published'}`);
      },
    };
  }

  private around<T>(name: string, run: () => T): T {
    this.told.push(`${name} {`);
    try {
      return run();
    } finally {
      this.told.push(`} ${name}`);
    }
  }
}

function setUp() {
  const tracing = new TellingTracing();
  const bus = new EventBus<Events>({ tracing });
  bus.events$.subscribe(({ id }) => tracing.told.push(`${id} heard`));
  return { bus, told: tracing.told };
}

describe('the trace of an event', () => {
  it('has around it what keeps the event and what hears of it, and is told in between that it is stored', async () => {
    const { bus, told } = setUp();
    bus.record(({ id }) => {
      told.push(`${id} kept`);
      return Promise.resolve().then(() => told.push(`${id} stored`));
    });
    await bus.publish('tick', 1);
    expect(told).toEqual([
      '0 begins',
      '0 record {',
      '0 kept',
      '} 0 record',
      '0 stored',
      '0 published',
      '0 deliver {',
      '0 heard',
      '} 0 deliver',
    ]);
  });

  it('is told once why the event was refused, which is not delivered', async () => {
    const { bus, told } = setUp();
    bus.record(() => {
      throw new Error('refused');
    });
    await expect(bus.publish('tick', 1)).rejects.toThrow('refused');
    expect(told).toEqual(['0 begins', '0 record {', '} 0 record', '0 refused']);
  });

  it('is told once why the event could not be stored, which is not delivered', async () => {
    const { bus, told } = setUp();
    bus.record(() => Promise.reject(new Error('disk full')));
    await expect(bus.publish('tick', 1)).rejects.toThrow('disk full');
    expect(told).toEqual(['0 begins', '0 record {', '} 0 record', '0 disk full']);
  });

  it('is made where the event is published, and not where it is relayed', () => {
    const { bus, told } = setUp();
    bus.relay({ type: 'tick', time: 0, data: 1 });
    expect(told).toEqual(['0 heard']);
  });
});
