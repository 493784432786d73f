import { Controller, Get, Header, Query } from '@nestjs/common';
import { SluiceError, stringifyJson } from '@sluice/engine';
import type { EventQuery } from './event-query.js';
import { parseEventQuery } from './event-query.js';
import { HathorEvents } from './hathor-events.service.js';

/** `GET /v1a/event`: stored events over HTTP (contract 2.9). */
@Controller('v1a/event')
export class EventController {
  constructor(private readonly events: HathorEvents) {}

  /** Always status 200; `success` is false where something is wrong. */
  @Get()
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Header('Access-Control-Allow-Origin', '*')
  async find(@Query() parameters: Record<string, unknown>): Promise<string> {
    const query = parseEventQuery(parameters);
    if (typeof query === 'string') return refusal(query);
    if (!this.events.running) return answer([], null);
    try {
      const events = await this.read(query);
      const { head, first } = this.events.stream;
      return answer(events, head < first ? null : head);
    } catch (error) {
      if (error instanceof SluiceError && error.code === 'LIMIT') return refusal(error.message);
      throw error;
    }
  }

  private async read({ from, size }: EventQuery): Promise<readonly Uint8Array[]> {
    const { stream } = this.events;
    if (size === 0 || from > stream.head) return [];
    return (await stream.read(from, { events: size, bytes: Infinity })).events;
  }
}

function refusal(error: string): string {
  return stringifyJson({ success: false, error });
}

/** Stored events are copied as they are. */
function answer(events: readonly Uint8Array[], latest: number | null): string {
  const texts = events.map((event) => Buffer.from(event).toString('utf8'));
  return `{"events":[${texts.join(',')}],"latest_event_id":${latest}}`;
}
