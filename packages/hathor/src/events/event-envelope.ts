import type { StreamEnvelope } from '@sluice/engine';
import { stringifyJson } from '@sluice/engine';
import type { EventIdentity } from './event-queue.options.js';

/** The `EVENT` message of contract 2.4 around a stored event. */
export function eventEnvelope({ peerId, network, streamId }: EventIdentity): StreamEnvelope {
  const identity = `"peer_id":${stringifyJson(peerId)},"network":${stringifyJson(network)}`;
  const tail = `,"stream_id":${stringifyJson(streamId)}}`;
  return {
    before: `{"type":"EVENT",${identity},"event":`,
    after: (latest) => `,"latest_event_id":${latest}${tail}`,
  };
}
