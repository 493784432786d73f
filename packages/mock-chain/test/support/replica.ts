import type { HathorChainEvents, Hex32, VertexData } from '@sluice/hathor';
import type { MockChainEvent } from '../../src/index.js';

type Type = keyof HathorChainEvents;

/** Which event may follow which one (contract 2.8). */
const SUCCESSORS: Readonly<Record<Type, readonly Type[]>> = {
  'reorg.started': ['vertex.metadata-changed'],
  'vertex.metadata-changed': [
    'vertex.metadata-changed',
    'contract.event',
    'vertex.removed',
    'reorg.finished',
    'vertex.accepted',
  ],
  'contract.event': ['contract.event', 'vertex.removed', 'reorg.finished', 'vertex.accepted'],
  'vertex.removed': ['vertex.removed', 'reorg.finished'],
  'reorg.finished': ['vertex.accepted'],
  'vertex.accepted': ['token.created', 'reorg.started', 'vertex.metadata-changed'],
  'token.created': ['reorg.started', 'vertex.metadata-changed'],
  'node.crashed': [],
};

/** What a client knows who reads the events alone; throws when they come in an order that contract 2.8 excludes. */
export class Replica {
  readonly vertices = new Map<Hex32, VertexData>();
  readonly #accepted = new Set<Hex32>();
  #previous: MockChainEvent | undefined;
  #isReorg = false;

  constructor(loaded: Iterable<VertexData>) {
    for (const vertex of loaded) this.#accept(vertex);
  }

  read(event: MockChainEvent): void {
    const previous = this.#previous;
    if (previous !== undefined && !SUCCESSORS[previous.type].includes(event.type)) {
      throw new Error(`${event.type} after ${previous.type}`);
    }
    switch (event.type) {
      case 'reorg.started':
        this.#isReorg = true;
        break;
      case 'reorg.finished':
        if (!this.#isReorg) throw new Error('a reorg finished that never started');
        this.#isReorg = false;
        break;
      case 'vertex.metadata-changed':
        if (previous?.type === event.type) requireSorted(previous.data, event.data);
        this.vertices.set(event.data.hash, event.data);
        break;
      case 'vertex.removed':
        if (!this.#isReorg) throw new Error('removed outside a reorg');
        if (!this.#accepted.delete(event.data.hash)) throw new Error('removed but never accepted');
        this.vertices.delete(event.data.hash);
        break;
      case 'vertex.accepted':
        if (this.#isReorg) throw new Error('accepted inside a group');
        if (!this.vertices.has(event.data.hash)) throw new Error('accepted without metadata event');
        this.#accept(event.data);
        break;
      case 'token.created':
        if (previous?.type !== 'vertex.accepted' || previous.data.hash !== event.data.token_uid) {
          throw new Error('a token without its transaction');
        }
        break;
    }
    this.#previous = event;
  }

  #accept(vertex: VertexData): void {
    if (this.#accepted.has(vertex.hash)) throw new Error(`${vertex.hash} accepted twice`);
    this.#accepted.add(vertex.hash);
    this.vertices.set(vertex.hash, vertex);
  }
}

function requireSorted(before: VertexData, after: VertexData): void {
  const isVoided = ({ metadata }: VertexData): boolean => metadata.voided_by.length > 0;
  const inOrder =
    isVoided(before) === isVoided(after)
      ? before.timestamp >= after.timestamp
      : isVoided(before) && !isVoided(after);
  if (!inOrder) throw new Error('metadata events out of order');
}
