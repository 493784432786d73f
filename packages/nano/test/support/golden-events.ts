/** Blocks of the golden data, as events. */
import type { BlockConfirmed } from '../../src/index.js';
import { vectors, type WireNotification } from './vectors.js';
import { confirmedFrom } from './wire-events.js';

interface FilterVectors {
  readonly events: Readonly<Record<string, WireNotification>>;
}

const { events } = vectors<FilterVectors>('confirmation_filters');

function event(name: string): BlockConfirmed {
  const notification = events[name];
  if (notification === undefined) throw new Error(`There is no event ${name}`);
  return confirmedFrom(notification.message);
}

/** A public send that won its election. */
export const SEND = event('seed_send');
/** The same block, confirmed through a successor. */
const SEND_BY_HEIGHT = event('seed_send_height');
/** The same block, without an election. */
const SEND_INACTIVE = event('seed_send_inactive');
/** A receive of another account. */
export const RECEIVE = event('receive_inactive');
/** A send of a third account. */
export const OTHER_SEND = event('synthetic_send');
/** A legacy send. */
export const LEGACY_SEND = event('legacy_send_inactive');

export const ALL_EVENTS: readonly BlockConfirmed[] = [
  SEND,
  SEND_BY_HEIGHT,
  SEND_INACTIVE,
  RECEIVE,
  OTHER_SEND,
  LEGACY_SEND,
];

export const SENDER = SEND.account as string;
/** Where {@link SEND} goes. */
export const DESTINATION = 'nano_1e6rym1f5p7xj4fh1y8fzy1ym1orxymffp9tx7cey58whakprhwdzuk533th';
export const RECEIVER = RECEIVE.account as string;
export const STRANGER = 'nano_14ab366ik4ab366ik4ab366ik4ab366ik4ab366ik4ab366ik4abqxiq5hbd';
