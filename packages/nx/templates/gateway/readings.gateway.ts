import { UsePipes, ValidationPipe } from '@nestjs/common';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { json, latestOnly, SluiceError, type Session } from '@sluice/engine';
import { ChainGateway, ConnectedSession, Filter, FlowControl, Topic } from '@sluice/nestjs';
import { SubscribeReadings } from './readings.dto.js';
import type { ReadingsEvent } from './readings.event.js';
import { ReadingsFilter } from './readings.filter.js';

@ChainGateway({ path: '/readings', codec: json({ command: 'action' }) })
@UsePipes(new ValidationPipe())
export class ReadingsGateway {
  @SubscribeMessage('subscribe')
  subscribe(@MessageBody() body: SubscribeReadings, @ConnectedSession() session: Session): object {
    session.subscribe('readings', body);
    return { ack: 'subscribe' };
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSession() session: Session): object {
    if (!session.unsubscribe('readings')) {
      throw new SluiceError('STATE', 'There is no subscription');
    }
    return { ack: 'unsubscribe' };
  }

  /** Encoded once, however many sessions get it. A slow client gets the newest message of each key. */
  @Topic('readings', { event: 'readings.changed' })
  @Filter(ReadingsFilter)
  @FlowControl(latestOnly({ by: (event: ReadingsEvent) => event.key }))
  changed(event: ReadingsEvent): object {
    return { topic: 'readings', message: event };
  }
}
