/** Any sequence of calls, against a plain array. */
import { deepEqual, equal } from 'node:assert/strict';
import type { EventLog, LogMarks } from '../../log/event-log.js';
import {
  logCase,
  refused,
  WIDE,
  type LogCase,
  type LogFixture,
  type LogPlaceFactory,
} from './log-case.js';

interface Model {
  epoch: string;
  first: number;
  events: Uint8Array[];
  marks: LogMarks;
}

type Step =
  | { readonly kind: 'append'; readonly sizes: readonly number[]; readonly mark: number }
  | { readonly kind: 'skip' }
  | { readonly kind: 'read'; readonly at: number; readonly events: number; readonly bytes: number }
  | { readonly kind: 'discard'; readonly firstId: number; readonly keep: boolean }
  | { readonly kind: 'reopen' };

export const modelCases: readonly LogCase[] = [
  {
    name: 'any sequence of appends, reads, discards and restarts agrees with a plain array',
    run: async (factory: LogPlaceFactory): Promise<void> => {
      const { array, asyncProperty, assert, constant, integer, boolean, oneof, record } =
        await import('fast-check');
      const size = oneof(integer({ min: 0, max: 200 }), integer({ min: 30_000, max: 70_000 }));
      const step = oneof(
        record({
          kind: constant('append' as const),
          sizes: array(size, { maxLength: 12 }),
          mark: integer(),
        }),
        record({
          kind: constant('read' as const),
          at: integer({ min: 0, max: 100 }),
          events: integer({ min: 1, max: 20 }),
          bytes: integer({ min: 0, max: 100_000 }),
        }),
        record({ kind: constant('skip' as const) }),
        record({
          kind: constant('discard' as const),
          firstId: integer({ min: 0, max: 2 ** 40 }),
          keep: boolean(),
        }),
        record({ kind: constant('reopen' as const) }),
      );
      const steps = array(step, { maxLength: 25, size: 'max' });
      await assert(
        asyncProperty(steps, (sequence) =>
          logCase('', (fixture) => runSteps(fixture, sequence)).run(factory),
        ),
        { numRuns: 40 },
      );
    },
  },
];

async function runSteps({ log, place, reopen }: LogFixture, steps: readonly Step[]): Promise<void> {
  const model: Model = { epoch: 'epoch-1', first: 0, events: [], marks: {} };
  let current = log;
  for (const [index, step] of steps.entries()) {
    switch (step.kind) {
      case 'append':
        await append(current, model, step.sizes, step.mark);
        break;
      case 'skip':
        await refused('STATE', () =>
          current.append([{ id: current.head + 2, bytes: new Uint8Array(1) }]),
        );
        break;
      case 'read':
        await compare(current, model, model.first + step.at, step);
        break;
      case 'discard': {
        const epoch = `discarded by step ${index}`;
        const { firstId, keep } = step;
        await current.discard({ epoch, firstId, keepMarks: keep ? ['mark'] : [] });
        const marks = keep ? model.marks : {};
        Object.assign(model, { epoch, first: firstId, events: [], marks });
        break;
      }
      case 'reopen':
        current = await reopen();
        if (!place.durable) {
          Object.assign(model, { epoch: 'epoch-2', first: 0, events: [], marks: {} });
        }
    }
    deepEqual(
      [current.epoch, current.first, current.head, { ...current.marks }],
      [model.epoch, model.first, model.first + model.events.length - 1, model.marks],
    );
  }
  await compare(current, model, model.first, WIDE);
}

async function append(
  log: EventLog,
  model: Model,
  sizes: readonly number[],
  mark: number,
): Promise<void> {
  const next = model.first + model.events.length;
  const batch = sizes.map((size, index) => ({
    id: next + index,
    bytes: Buffer.alloc(size, next + index + mark),
  }));
  await log.append(batch, { mark });
  model.events.push(...batch.map(({ bytes }) => bytes));
  model.marks = { mark };
}

async function compare(
  log: EventLog,
  model: Model,
  from: number,
  limits: { readonly events: number; readonly bytes: number },
): Promise<void> {
  const expected: Uint8Array[] = [];
  let bytes = 0;
  for (const event of model.events.slice(from - model.first).slice(0, limits.events)) {
    bytes += event.length;
    if (expected.length > 0 && bytes > limits.bytes) break;
    expected.push(event);
  }
  const page = await log.read(from, limits);
  equal(page.events.length, expected.length);
  for (const [index, event] of page.events.entries()) {
    equal(Buffer.compare(event, expected[index] ?? new Uint8Array(0)), 0);
  }
}
