/** The event socket, for documents (contract 2). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import type { MessageContract, WireContract } from '@sluice/nestjs';
import type { InvalidRequestType } from '../events/event-faults.js';
import type { HathorEventType } from '../events/event-types.js';
import { EVENT_DATA, EVENT_SCHEMAS } from './event-data.schemas.js';
import { EVENT_EXAMPLES } from './event-examples.js';
import { COUNT, nullable, TEXT } from './values.js';

const EVENTS: Readonly<Record<HathorEventType, string>> = {
  LOAD_STARTED: 'The node starts to load its chain',
  LOAD_FINISHED: 'The chain is loaded',
  NEW_VERTEX_ACCEPTED: 'A block or transaction was added, voided or not',
  VERTEX_METADATA_CHANGED: 'Consensus changed what it knows about a vertex',
  VERTEX_REMOVED: 'A transaction became invalid after a reorg and was deleted',
  REORG_STARTED: 'The best chain switches; every event up to `REORG_FINISHED` has its `group_id`',
  REORG_FINISHED: 'The best chain has switched',
  NC_EVENT: 'A contract emitted an event',
  TOKEN_CREATED: 'A token came into existence',
  FULL_NODE_CRASHED: 'The last event before an abnormal exit',
};

const ERRORS: Readonly<Record<InvalidRequestType, string>> = {
  VALIDATION_ERROR: 'The request is none, or has members that it must not have',
  STREAM_IS_ACTIVE: 'The stream was started before',
  STREAM_IS_INACTIVE: 'The stream was not started',
  ACK_TOO_SMALL: 'The event was acknowledged before',
  ACK_TOO_LARGE: 'The event was not sent yet',
  EVENT_WS_NOT_RUNNING: 'On connect: the queue does not run',
};

const WINDOW = {
  ...COUNT,
  description: 'Most events that may be unacknowledged; 0 sends nothing.',
};

const REQUESTS: Readonly<Record<string, MessageContract>> = {
  START_STREAM: {
    summary: 'Starts the stream behind an event, or with the first one',
    payload: objectSchema({
      type: { const: 'START_STREAM' },
      'last_ack_event_id?': nullable(COUNT),
      window_size: WINDOW,
    }),
    examples: [{ payload: { type: 'START_STREAM', last_ack_event_id: null, window_size: 10 } }],
  },
  ACK: {
    summary: 'Acknowledges everything up to an event; what was sent behind it is sent again',
    payload: objectSchema({ type: { const: 'ACK' }, ack_event_id: COUNT, window_size: WINDOW }),
    examples: [{ payload: { type: 'ACK', ack_event_id: 9, window_size: 10 } }],
  },
  STOP_STREAM: {
    summary: 'Stops the stream',
    payload: objectSchema({ type: { const: 'STOP_STREAM' } }),
    examples: [{ payload: { type: 'STOP_STREAM' } }],
  },
};

function eventMessage(type: HathorEventType): MessageContract {
  return {
    summary: EVENTS[type],
    payload: objectSchema({
      type: { const: 'EVENT' },
      peer_id: TEXT,
      network: TEXT,
      event: objectSchema({
        id: { ...COUNT, description: 'Without gaps within a `stream_id`.' },
        timestamp: { type: 'number', description: 'Unix seconds; may go backwards.' },
        type: { const: type },
        data: EVENT_DATA[type],
        group_id: { ...nullable(COUNT), description: 'Number of the reorg it belongs to.' },
      }),
      latest_event_id: { ...COUNT, description: 'The newest event when this was sent.' },
      stream_id: { ...TEXT, description: 'One uninterrupted numbering of events.' },
    }),
    examples: [{ payload: EVENT_EXAMPLES[type] }],
  };
}

function errorMessage(type: InvalidRequestType): MessageContract {
  const isOwn = type === 'EVENT_WS_NOT_RUNNING';
  const request: JsonSchema = isOwn
    ? { type: 'null' }
    : { ...TEXT, description: 'What was received, verbatim.' };
  const isTold = type === 'VALIDATION_ERROR';
  return {
    summary: ERRORS[type],
    payload: objectSchema({
      type: { const: type },
      invalid_request: request,
      error_message: isTold ? TEXT : { type: 'null' },
    }),
    examples: [
      {
        payload: {
          type,
          invalid_request: isOwn ? null : '{"type":"ACK","ack_event_id":1}',
          error_message: isTold ? 'window_size must be an integer and not negative' : null,
        },
      },
    ],
  };
}

function each<T extends string>(
  names: Readonly<Record<T, string>>,
  message: (name: T) => MessageContract,
): Readonly<Record<string, MessageContract>> {
  return Object.fromEntries((Object.keys(names) as T[]).map((name) => [name, message(name)]));
}

const EVENT_NAMES = Object.keys(EVENTS);

/** Everything that goes over the event socket. */
export const EVENT_CONTRACT: WireContract = {
  id: 'hathorEvents',
  title: 'Hathor events',
  description:
    'A reliable queue of everything that happens on the chain. Success is silent, apart from the events; errors never end ' +
    'the connection. Numbers may have any size.',
  schemas: EVENT_SCHEMAS,
  messages: { ...REQUESTS, ...each(EVENTS, eventMessage), ...each(ERRORS, errorMessage) },
  commands: {
    START_STREAM: {
      replies: [...EVENT_NAMES, 'VALIDATION_ERROR', 'STREAM_IS_ACTIVE', 'ACK_TOO_SMALL'],
    },
    ACK: {
      replies: [
        ...EVENT_NAMES,
        'VALIDATION_ERROR',
        'STREAM_IS_INACTIVE',
        'ACK_TOO_SMALL',
        'ACK_TOO_LARGE',
      ],
    },
    STOP_STREAM: { replies: ['VALIDATION_ERROR', 'STREAM_IS_INACTIVE'] },
  },
  sends: {
    event: {
      summary: 'Events in the order of their ids, while the stream runs and the window has room.',
      messages: EVENT_NAMES,
    },
    EVENT_WS_NOT_RUNNING: {
      summary: 'Greets a client while the queue does not run; the connection stays open.',
    },
    VALIDATION_ERROR: { summary: 'Answers whatever is no request.' },
  },
  closes: [
    { code: 1005, when: 'the queue stops' },
    {
      code: 1006,
      when: 'bytes that are not UTF-8, a violation of the WebSocket protocol, a message that is too large, or a fault of the server',
    },
  ],
};
