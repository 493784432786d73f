/** How a client asks for a stream and acknowledges what it has of it. */
export interface StreamDialect {
  /** The text right before the number of a message. */
  readonly mark: string;
  /** Whether messages without a number come in between, which are not looked at. */
  readonly talkative: boolean;
  /** Asks for everything behind a number; -1: everything. */
  start(window: number, after: number): string;
  ack(number: number, window: number): string;
}

/** Hathor's event socket. */
const events: StreamDialect = {
  mark: '"id":',
  talkative: false,
  start: (window_size, after) =>
    JSON.stringify({
      type: 'START_STREAM',
      window_size,
      ...(after >= 0 && { last_ack_event_id: after }),
    }),
  ack: (ack_event_id, window_size) => JSON.stringify({ type: 'ACK', window_size, ack_event_id }),
};

const STREAM = 'bench';

/** Histories on Hathor's wallet socket. */
const history = (addresses: readonly string[]): StreamDialect => ({
  mark: '"seq":',
  talkative: true,
  start: (window) =>
    JSON.stringify({
      type: 'request:history:manual',
      id: STREAM,
      addresses: addresses.map((address, index) => [index, address]),
      first: true,
      last: true,
      'window-size': window,
    }),
  ack: (ack) => JSON.stringify({ type: 'request:history:ack', id: STREAM, ack }),
});

/** Names a dialect; addresses make it that of histories. */
export interface StreamChoice {
  readonly addresses?: readonly string[];
}

export const streamDialect = ({ addresses }: StreamChoice): StreamDialect =>
  addresses === undefined ? events : history(addresses);
