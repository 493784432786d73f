import type { HathorChainEvents } from './event-data.js';

/** Event types of the event socket (contract 2.7). */
export type HathorEventType =
  | 'LOAD_STARTED'
  | 'LOAD_FINISHED'
  | 'NEW_VERTEX_ACCEPTED'
  | 'VERTEX_METADATA_CHANGED'
  | 'VERTEX_REMOVED'
  | 'REORG_STARTED'
  | 'REORG_FINISHED'
  | 'NC_EVENT'
  | 'TOKEN_CREATED'
  | 'FULL_NODE_CRASHED';

/** The wire's name for each event an application publishes. */
export const EVENT_TYPES: Readonly<Record<keyof HathorChainEvents, HathorEventType>> = {
  'vertex.accepted': 'NEW_VERTEX_ACCEPTED',
  'vertex.metadata-changed': 'VERTEX_METADATA_CHANGED',
  'vertex.removed': 'VERTEX_REMOVED',
  'reorg.started': 'REORG_STARTED',
  'reorg.finished': 'REORG_FINISHED',
  'contract.event': 'NC_EVENT',
  'token.created': 'TOKEN_CREATED',
  'node.crashed': 'FULL_NODE_CRASHED',
};

/** Whether an event on the bus is one the event socket sends. */
export function isHathorChainEvent(type: string): type is keyof HathorChainEvents {
  return Object.hasOwn(EVENT_TYPES, type);
}
