import { isDeepStrictEqual } from 'node:util';
import type { EventFrame, HathorEvent } from './event-frame.js';

/** What a client has seen of one stream, over all its connections. */
export class EventNotebook {
  /** By id; a missing one is `undefined`. */
  readonly events: (HathorEvent | undefined)[] = [];
  private streamId: string | undefined;

  /** @throws Error if the stream is another one, or the event was different before. */
  note(id: number, text: string): void {
    const { event, stream_id } = JSON.parse(text) as EventFrame;
    this.streamId ??= stream_id;
    if (stream_id !== this.streamId) throw new Error(`event ${id} is of stream ${stream_id}`);
    const before = this.events[id];
    if (before !== undefined && !isDeepStrictEqual(before, event)) {
      throw new Error(`event ${id} was ${JSON.stringify(before)}, now ${JSON.stringify(event)}`);
    }
    this.events[id] = event;
  }

  /** All events from 0 on. @throws Error if one is missing. */
  whole(): readonly HathorEvent[] {
    return Array.from(this.events, (event, id) => {
      if (event === undefined) throw new Error(`event ${id} never came`);
      return event;
    });
  }
}
