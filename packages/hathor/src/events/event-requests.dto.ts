/** Requests of the event socket (contract 2.2), validated with class-validator; members beyond these are refused. */
import type { ValidationOptions } from 'class-validator';
import { Equals, IsOptional, ValidateBy } from 'class-validator';
import type { StreamPosition } from '@sluice/engine';

/** An integer from 0 on, of any size: beyond 2^53 a bigint. */
function isCount(value: unknown): value is StreamPosition {
  return typeof value === 'bigint' ? value >= 0n : Number.isInteger(value) && Number(value) >= 0;
}

function IsCount(options: ValidationOptions = {}): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isCount',
      validator: {
        validate: isCount,
        defaultMessage: () => '$property must be an integer and not negative',
      },
    },
    options,
  );
}

/** Starts the stream after an event, or from the first one. */
export class StartStreamRequest {
  @Equals('START_STREAM')
  readonly type!: 'START_STREAM';

  @IsOptional()
  @IsCount()
  readonly last_ack_event_id?: StreamPosition | null;

  @IsCount()
  readonly window_size!: StreamPosition;
}

/** Acknowledges everything up to an event. */
export class AckRequest {
  @Equals('ACK')
  readonly type!: 'ACK';

  @IsCount()
  readonly ack_event_id!: StreamPosition;

  @IsCount()
  readonly window_size!: StreamPosition;
}

/** Whether all rules of {@link AckRequest} hold, told at once. */
export function isSoundAck(request: Partial<Record<keyof AckRequest, unknown>>): boolean {
  return request.type === 'ACK' && isCount(request.ack_event_id) && isCount(request.window_size);
}

/** Stops the stream. */
export class StopStreamRequest {
  @Equals('STOP_STREAM')
  readonly type!: 'STOP_STREAM';
}
