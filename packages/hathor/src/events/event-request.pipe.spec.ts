import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import fc from 'fast-check';
import { EventRequestPipe } from './event-request.pipe.js';
import { AckRequest, StartStreamRequest } from './event-requests.dto.js';

const count = fc.oneof(
  { weight: 6, arbitrary: fc.nat() },
  { weight: 2, arbitrary: fc.bigInt({ min: 0n }) },
  fc.constantFrom(-1, 0.5, -0, NaN, Infinity, -1n, '1', null, true, [], {}, undefined),
);
const request = fc.record(
  {
    type: fc.oneof({ weight: 4, arbitrary: fc.constant('ACK') }, fc.constantFrom('ack', null, 1)),
    ack_event_id: count,
    window_size: count,
    last_ack_event_id: count,
  },
  { requiredKeys: [] },
);

/** What comes out, or what the client is told. */
async function outcome(pipe: ValidationPipe, value: unknown, metadata: ArgumentMetadata) {
  try {
    return { value: (await pipe.transform(value, metadata)) as unknown };
  } catch (error) {
    return { refusal: (error as { getResponse(): unknown }).getResponse() };
  }
}

it.each([AckRequest, StartStreamRequest])(
  'answers every request as ValidationPipe does (%p)',
  (metatype) =>
    fc.assert(
      fc.asyncProperty(request, async (value) => {
        const metadata: ArgumentMetadata = { type: 'body', metatype };
        const [quick, thorough] = await Promise.all([
          outcome(new EventRequestPipe(), value, metadata),
          outcome(new ValidationPipe(), value, metadata),
        ]);
        expect(quick).toEqual(thorough);
        if ('value' in quick) expect(quick.value).toBe(value);
      }),
    ),
);
