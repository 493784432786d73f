import type { SoakUrls } from '../server/soak-server.js';

/** The event socket: durable, so that its clients have ledgers of another kind. */
export const hathorEvents = {
  name: 'hathor events',
  url: (urls: SoakUrls): string => urls.hathor.event_ws ?? '',
  examples: [
    { type: 'START_STREAM', window_size: 3 },
    { type: 'START_STREAM', last_ack_event_id: 1, window_size: 100 },
    { type: 'ACK', ack_event_id: 2, window_size: 10 },
    { type: 'STOP_STREAM' },
  ],
} as const;
