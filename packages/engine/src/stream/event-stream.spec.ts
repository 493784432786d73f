import { describe, expect, it } from '@jest/globals';
import { SluiceError } from '../errors.js';
import type { EventLog, LogEntry } from '../log/event-log.js';
import { memoryLog } from '../log/memory-log.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { EventStream } from './event-stream.js';

const open = () => memoryLog().open('test', { epoch: 'e' });
const event = (name: string) => (id: number) => `{"id":${id},"name":"${name}"}`;

/** A log whose appends wait until they are released, or fail. */
function gated(log: EventLog) {
  const batches: (readonly LogEntry[])[] = [];
  const gates: { open: () => void; fail: (error: Error) => void }[] = [];
  const append: EventLog['append'] = async (entries, marks) => {
    batches.push(entries);
    await new Promise<void>((resolve, reject) => gates.push({ open: resolve, fail: reject }));
    await log.append(entries, marks);
  };
  const proxy = new Proxy(log, {
    get: (target, name) => (name === 'append' ? append : (Reflect.get(target, name) as unknown)),
  });
  return { log: proxy, batches, gates };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('EventStream', () => {
  it('numbers events in the order in which they were appended and announces them once they are stored', async () => {
    const log = await open();
    const stream = new EventStream(log);
    const announced: [number, string[]][] = [];
    stream.subscribe((from, events) => {
      expect(log.head).toBe(from + events.length - 1);
      announced.push([from, events.map((bytes) => Buffer.from(bytes).toString())]);
    });
    const ids = await Promise.all(['a', 'b', 'c'].map((name) => stream.append(event(name))));
    expect(ids).toEqual([0, 1, 2]);
    expect(announced.flatMap(([, events]) => events)).toEqual([
      '{"id":0,"name":"a"}',
      '{"id":1,"name":"b"}',
      '{"id":2,"name":"c"}',
    ]);
  });

  it('stores what one turn appended in one batch, and gathers the next while it is being stored', async () => {
    const { log, batches, gates } = gated(await open());
    const stream = new EventStream(log);
    const first = [stream.append(event('a')), stream.append(event('b'))];
    await settle();
    const second = [
      stream.append(event('c')),
      stream.append(event('d')),
      stream.append(event('e')),
    ];
    await settle();
    expect(batches.map((batch) => batch.length)).toEqual([2]);
    gates[0]?.open();
    await Promise.all(first);
    await settle();
    expect(batches.map((batch) => batch.length)).toEqual([2, 3]);
    gates[1]?.open();
    await expect(Promise.all(second)).resolves.toEqual([2, 3, 4]);
  });

  it('has the name, the epoch, the extent and the marks of its log', async () => {
    const stream = new EventStream(
      await memoryLog().open('short', { epoch: 'e', retention: { events: 2 } }),
    );
    for (const last of ['a', 'b', 'c']) await stream.append(event(last), { last });
    const { name, epoch, first, head, marks } = stream;
    expect({ name, epoch, first, head, marks }).toEqual({
      name: 'short',
      epoch: 'e',
      first: 1,
      head: 2,
      marks: { last: 'c' },
    });
  });

  it('counts as waiting both what is being stored and what gathers meanwhile', async () => {
    const { log, gates } = gated(await open());
    const metrics = new MetricsRegistry();
    const stream = new EventStream(log, { metrics });
    const waiting = () => metrics.total(engineMetrics.pendingEvents, { stream: 'test' });
    const first = [stream.append(event('a')), stream.append(event('b'))];
    await settle();
    const second = stream.append(event('c'));
    expect(waiting()).toBe(3);
    gates[0]?.open();
    await Promise.all(first);
    await settle();
    expect(waiting()).toBe(1);
    gates[1]?.open();
    await second;
    expect(waiting()).toBe(0);
  });

  it('stores marks together with the events they belong to', async () => {
    const stream = new EventStream(await open());
    await Promise.all([
      stream.append(event('a'), { groups: 1, open: 0 }),
      stream.append(event('b'), { open: null }),
    ]);
    expect(stream.marks).toEqual({ groups: 1, open: null });
  });

  it('stops for good when a batch cannot be stored, and says so to everyone who waits', async () => {
    const { log, gates } = gated(await open());
    const stream = new EventStream(log);
    const announced: number[] = [];
    stream.subscribe((from) => announced.push(from));
    const lost = stream.append(event('a'));
    await settle();
    const waiting = stream.append(event('b'));
    gates[0]?.fail(new Error('disk full'));
    await expect(lost).rejects.toMatchObject({ code: 'STATE', message: /disk full/ });
    await expect(waiting).rejects.toMatchObject({ code: 'STATE' });
    await expect(stream.append(event('c'))).rejects.toBeInstanceOf(SluiceError);
    expect(stream.failed?.cause).toMatchObject({ message: 'disk full' });
    expect(announced).toEqual([]);
  });

  it('is lost when its log says so, without an append, and refuses what waits and what comes', async () => {
    const { log, gates } = gated(await open());
    let tell: (error: SluiceError) => void = () => undefined;
    log.onLost = (listener) => {
      tell = listener;
      return () => (tell = () => undefined);
    };
    const stream = new EventStream(log);
    const told: (string | undefined)[] = [];
    stream.onLost(({ message }) => told.push(message));
    stream.onLost(() => told.push('has left'))();
    const [underWay, waiting] = [stream.append(event('a')), settle()];
    await waiting;
    const later = stream.append(event('b'));
    tell(new SluiceError('STATE', 'another writer has taken over'));
    stream.onLost(({ message }) => told.push(`late: ${message}`));
    await expect(later).rejects.toMatchObject({ code: 'STATE', message: /another writer/ });
    await expect(stream.append(event('c'))).rejects.toMatchObject({ message: /another writer/ });
    // What the log has taken is stored all the same.
    gates[0]?.open();
    expect(await underWay).toBe(0);
    const said = 'The event stream has stopped: another writer has taken over';
    expect(told).toEqual([said, `late: ${said}`]);
    expect(stream.lost).toBe(stream.failed);
    await stream.stop();
    tell(new SluiceError('STATE', 'again'));
    expect(told).toHaveLength(2);
  });

  it('refuses more events than may wait, without failing', async () => {
    const { log, gates } = gated(await open());
    const stream = new EventStream(log, { pendingEvents: 2 });
    const stored = [stream.append(event('a')), stream.append(event('b'))];
    await expect(stream.append(event('c'))).rejects.toMatchObject({
      code: 'LIMIT',
      details: { limit: 'pendingEvents', value: 2 },
    });
    await settle();
    gates[0]?.open();
    await expect(Promise.all(stored)).resolves.toEqual([0, 1]);
    expect(stream.failed).toBeUndefined();
  });

  it('tells a listener nothing more once it has left', async () => {
    const stream = new EventStream(await open());
    const heard: number[] = [];
    const leave = stream.subscribe((from) => heard.push(from));
    await stream.append(event('a'));
    leave();
    await stream.append(event('b'));
    expect(heard).toEqual([0]);
  });

  it('goes on when a listener throws: the events are stored, and the others hear of them', async () => {
    const errors: unknown[] = [];
    const stream = new EventStream(await open(), { onError: (error) => errors.push(error) });
    const announced: number[] = [];
    stream.subscribe(() => {
      throw new Error('deaf');
    });
    stream.subscribe((from) => announced.push(from));
    await expect(stream.append(event('a'))).resolves.toBe(0);
    await expect(stream.append(event('b'))).resolves.toBe(1);
    expect(announced).toEqual([0, 1]);
    expect(errors).toEqual([new Error('deaf'), new Error('deaf')]);
  });
});
