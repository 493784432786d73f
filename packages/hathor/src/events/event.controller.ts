import { Controller, Get, Header, Query } from '@nestjs/common';
import { stringifyJson } from '@sluice/engine';
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
    if (typeof query === 'string') return stringifyJson({ success: false, error: query });
    if (!this.events.running) return answer([], null);
    const { stream } = this.events;
    if (query.from < stream.first && stream.first <= stream.head) {
      const error = `event ${query.from} is no longer stored, the oldest is ${stream.first}`;
      return stringifyJson({ success: false, error });
    }
    const latest = stream.head < stream.first ? null : stream.head;
    if (query.size === 0 || query.from > stream.head) return answer([], latest);
    const page = await stream.read(query.from, { events: query.size, bytes: Infinity });
    return answer(page.events, latest);
  }
}

/** Stored events are copied as they are. */
function answer(events: readonly Uint8Array[], latest: number | null): string {
  const texts = events.map((event) => Buffer.from(event).toString('utf8'));
  return `{"events":[${texts.join(',')}],"latest_event_id":${latest}}`;
}
