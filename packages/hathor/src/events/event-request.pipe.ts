import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { AckRequest, isSoundAck } from './event-requests.dto.js';

/**
 * `ValidationPipe`, except that an acknowledgement without a fault passes at once: clients with a small window send one
 * for every few events, and class-validator would be the dearest part of the answer. What is wrong it finds and words.
 */
export class EventRequestPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.metatype === AckRequest && isSoundAck(value as object)) return value;
    return super.transform(value, metadata) as Promise<unknown>;
  }
}
