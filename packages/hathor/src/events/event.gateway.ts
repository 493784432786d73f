import { UsePipes } from '@nestjs/common';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { json, Session, SluiceError, stringifyJson } from '@sluice/engine';
import type { OnSessionOpen } from '@sluice/nestjs';
import { ChainGateway, ConnectedSession } from '@sluice/nestjs';
import { EVENT_CONTRACT } from '../contract/event-contract.js';
import { EVENT_ENDPOINT } from './event-endpoint.js';
import { assertAccepted, eventFaults, NOT_RUNNING } from './event-faults.js';
import { EventRequestPipe } from './event-request.pipe.js';
import { AckRequest, StartStreamRequest, StopStreamRequest } from './event-requests.dto.js';
import { ExactMembersPipe } from './exact-members.pipe.js';
import { HathorEvents } from './hathor-events.service.js';

/** The event socket: a reliable queue of everything that happens on the chain (contract 2). */
@ChainGateway({
  path: ['/v1a/event_ws', '/event_ws'],
  leaf: true,
  codec: json({ command: 'type' }),
  faults: eventFaults,
  contract: EVENT_CONTRACT,
  heartbeat: false,
  config: EVENT_ENDPOINT,
  violations: 'drop',
  shutdown: {},
  closeReply: () => ({ code: 1000 }),
  answersBeforeClose: true,
})
@UsePipes(new ExactMembersPipe(), new EventRequestPipe())
export class EventGateway implements OnSessionOpen {
  constructor(private readonly events: HathorEvents) {}

  onSessionOpen(session: Session): void {
    if (!this.events.register(session)) session.send(stringifyJson(NOT_RUNNING));
  }

  /** Whatever the client sends behind a request finds the events sent that the request brings (contract 2.5, "pump"). */
  @SubscribeMessage('START_STREAM')
  start(
    @MessageBody() request: StartStreamRequest,
    @ConnectedSession() session: Session,
  ): Promise<void> | undefined {
    const last = request.last_ack_event_id ?? null;
    const window = this.events.window(session);
    if (!window.active) this.assertStored(last === null ? 0 : Number(last) + 1);
    assertAccepted(window.start(last, Number(request.window_size)));
    return this.events.pumped(session);
  }

  @SubscribeMessage('ACK')
  ack(
    @MessageBody() request: AckRequest,
    @ConnectedSession() session: Session,
  ): Promise<void> | undefined {
    const size = Number(request.window_size);
    assertAccepted(this.events.window(session).ack(request.ack_event_id, size));
    return this.events.pumped(session);
  }

  @SubscribeMessage('STOP_STREAM')
  stop(@MessageBody() _request: StopStreamRequest, @ConnectedSession() session: Session): void {
    assertAccepted(this.events.window(session).stop());
  }

  /** A node keeps its events for ever; where retention is configured, a stream cannot begin with what is gone. */
  private assertStored(id: number): void {
    const { oldest } = this.events;
    if (id >= oldest) return;
    throw new SluiceError('INVALID', `Event ${id} is not stored, the oldest is ${oldest}`);
  }
}
