import type { Hex32 } from '@sluice/hathor';
import type { MockChainEvent } from '../../src/index.js';

const WIRE_TYPES: Readonly<Record<MockChainEvent['type'], string>> = {
  'vertex.accepted': 'NVA',
  'vertex.metadata-changed': 'VMC',
  'vertex.removed': 'VERTEX_REMOVED',
  'reorg.started': 'REORG_STARTED',
  'reorg.finished': 'REORG_FINISHED',
  'contract.event': 'NC_EVENT',
  'token.created': 'TOKEN_CREATED',
  'node.crashed': 'FULL_NODE_CRASHED',
};

/** Events as rows of contract 2.10: the group or `-`, the type, and the name of the vertex that it is about. */
export function eventTable(
  events: readonly MockChainEvent[],
  names: ReadonlyMap<string, Hex32>,
): string[] {
  const labels = new Map([...names].map(([label, hash]) => [hash, label]));
  let groups = 0;
  let isOpen = false;
  return events.map((event) => {
    if (event.type === 'reorg.started') {
      groups++;
      isOpen = true;
    }
    const group = isOpen ? String(groups - 1) : '-';
    if (event.type === 'reorg.finished') isOpen = false;
    const hash = subject(event);
    const label = hash === undefined ? '' : (labels.get(hash) ?? hash);
    return `${group} ${WIRE_TYPES[event.type]} ${label}`.trimEnd();
  });
}

function subject(event: MockChainEvent): Hex32 | undefined {
  switch (event.type) {
    case 'vertex.accepted':
    case 'vertex.metadata-changed':
    case 'vertex.removed':
      return event.data.hash;
    case 'contract.event':
      return event.data.vertex_id;
    case 'token.created':
      return event.data.token_uid;
    default:
      return undefined;
  }
}
