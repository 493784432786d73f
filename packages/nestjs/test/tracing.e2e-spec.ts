/** `@sluice/nestjs/tracing`, with OpenTelemetry's own SDK. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SubscribeMessage } from '@nestjs/websockets';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { EventBus, json, SluiceError } from '@sluice/engine';
import { ChainGateway, Topic } from '../src/index.js';
import { openTelemetry } from '../src/tracing/index.js';
import { TestApplication } from './support/application.js';
import { until } from './support/until.js';

declare module '@sluice/engine' {
  interface ChainEventMap {
    'traced.block': { readonly height: number };
  }
}

@ChainGateway({ path: '/traced', codec: json() })
class TracedGateway {
  constructor(private readonly bus: EventBus) {}

  @SubscribeMessage('mine')
  async mine(): Promise<object> {
    await new Promise(setImmediate);
    await this.bus.publish('traced.block', { height: 1 });
    return { mined: true };
  }

  @SubscribeMessage('refuse')
  refuse(): never {
    throw new SluiceError('INVALID', 'no');
  }

  @SubscribeMessage('break')
  break(): never {
    throw new Error('broken');
  }

  @Topic('block', { event: 'traced.block', autoSubscribe: true })
  block(block: unknown): unknown {
    return block;
  }
}

let application: TestApplication;
let exporter: InMemorySpanExporter;
let provider: BasicTracerProvider;

beforeEach(async () => {
  exporter = new InMemorySpanExporter();
  provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  application = await TestApplication.start({
    providers: [TracedGateway],
    sluice: { tracing: openTelemetry({ provider }) },
  });
});
afterEach(async () => {
  await application.stop();
  await provider.shutdown();
  context.disable();
});

async function spans(count: number): Promise<Record<string, ReadableSpan | undefined>> {
  await until(() => exporter.getFinishedSpans().length === count);
  return Object.fromEntries(exporter.getFinishedSpans().map((span) => [span.name, span]));
}
const traceOf = (span: ReadableSpan | undefined) => span?.spanContext().traceId;

it('a command is a trace, what it publishes a span inside, and the delivery a trace with a link to it', async () => {
  const clients = [];
  for (let count = 0; count < 3; count++) clients.push(await application.connect('/traced'));
  clients[0]?.send({ type: 'mine' });
  for (const client of clients) await client.next();
  const all = await spans(3);
  const command = all['command mine'];
  const publish = all['publish traced.block'];
  const deliver = all['deliver traced.block'];
  expect(command).toMatchObject({
    kind: SpanKind.SERVER,
    attributes: { 'sluice.endpoint': '/traced', 'sluice.command': 'mine' },
    parentSpanContext: undefined,
  });
  expect(publish?.kind).toBe(SpanKind.PRODUCER);
  expect(publish?.parentSpanContext?.spanId).toBe(command?.spanContext().spanId);
  expect(deliver?.kind).toBe(SpanKind.CONSUMER);
  expect(deliver?.parentSpanContext).toBeUndefined();
  expect(traceOf(deliver)).not.toBe(traceOf(publish));
  expect(deliver?.links.map(({ context: { spanId } }) => spanId)).toEqual([
    publish?.spanContext().spanId,
  ]);
});

it('a fault is told; only those of our own are errors', async () => {
  const client = await application.connect('/traced');
  client.send({ type: 'refuse' });
  client.send({ type: 'break' });
  await client.take(2);
  const all = await spans(2);
  expect(all['command refuse']).toMatchObject({
    attributes: { 'sluice.fault': 'INVALID' },
    status: { code: SpanStatusCode.UNSET },
  });
  expect(all['command break']).toMatchObject({
    attributes: { 'sluice.fault': 'INTERNAL' },
    status: { code: SpanStatusCode.ERROR },
  });
});

it('a name that no handler takes makes no span', async () => {
  const client = await application.connect('/traced');
  for (let count = 0; count < 10; count++) client.send({ type: `chosen ${String(count)}` });
  client.send({ type: 'refuse' });
  await client.take(11);
  expect(Object.keys(await spans(1))).toEqual(['command refuse']);
});

it('an event that is refused is an error of its publication, and is not delivered', async () => {
  const bus = application.app.get(EventBus);
  bus.record(() => {
    throw new Error('disk full');
  });
  await expect(bus.publish('traced.block', { height: 1 })).rejects.toThrow('disk full');
  const all = await spans(1);
  expect(all['publish traced.block']?.status.code).toBe(SpanStatusCode.ERROR);
});

it('an event is published inside of whatever the application does', async () => {
  const bus = application.app.get(EventBus);
  const tracer = provider.getTracer('test');
  await tracer.startActiveSpan('import', async (span) => {
    await bus.publish('traced.block', { height: 1 });
    span.end();
  });
  const all = await spans(3);
  expect(traceOf(all['publish traced.block'])).toBe(traceOf(all.import));
});

it('without a provider nothing happens, and everything works', async () => {
  await application.stop();
  trace.disable();
  application = await TestApplication.start({
    providers: [TracedGateway],
    sluice: { tracing: openTelemetry() },
  });
  const client = await application.connect('/traced');
  client.send({ type: 'mine' });
  expect(await client.take(2)).toHaveLength(2);
  expect(exporter.getFinishedSpans()).toEqual([]);
});
