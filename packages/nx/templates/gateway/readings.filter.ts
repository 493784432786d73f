import { Injectable } from '@nestjs/common';
import type { TopicFilter } from '@sluice/engine';
import type { SubscribeReadings } from './readings.dto.js';
import type { ReadingsEvent } from './readings.event.js';

/** Files subscriptions under their keys, so an event costs its receivers, not the connections. */
@Injectable()
export class ReadingsFilter implements TopicFilter<ReadingsEvent, SubscribeReadings> {
  subscriptionKeys({ keys }: SubscribeReadings): string[] | undefined {
    return keys;
  }

  eventKeys({ key }: ReadingsEvent): string[] {
    return [key];
  }
}
