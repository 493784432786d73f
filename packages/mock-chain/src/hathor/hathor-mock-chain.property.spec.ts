import { describe, expect, it } from '@jest/globals';
import { decodeVertex, encodeVertex, meetsTarget, vertexId } from '@sluice/hathor/codec';
import type { Hex32, VertexData } from '@sluice/hathor';
import fc from 'fast-check';
import { chainActions, lightChain, perform } from '../../test/support/chain-actions.js';
import type { ChainAction } from '../../test/support/chain-actions.js';
import { Replica } from '../../test/support/replica.js';
import type { MockChainEvent } from './events/chain-event.js';
import type { HathorMockChain } from './hathor-mock-chain.js';
import { tokenDeposit } from './verification/verify-tokens.js';

const seeds = fc.integer({ min: 0, max: 1000 });
const GENESIS_AMOUNT = 100_000_000_000n;

function play(seed: number, actions: readonly ChainAction[]) {
  const chain = lightChain(seed);
  const replica = new Replica(chain.vertices());
  const events: MockChainEvent[] = [];
  chain.on((event) => {
    replica.read(event);
    events.push(event);
  });
  for (let count = 0; count < 3; count++) chain.mineBlock();
  for (const action of actions) perform(chain, action);
  const vertices = new Map(Array.from(chain.vertices(), (vertex) => [vertex.hash, vertex]));
  return { chain, events, replica, vertices };
}

function isVoided({ metadata }: VertexData): boolean {
  return metadata.voided_by.length > 0;
}

/** Ids that do not match the bytes, or whose bytes do not prove the work. */
function unproven(chain: HathorMockChain): Hex32[] {
  return Array.from(chain.vertices())
    .filter(({ hash, weight }) => {
      const vertex = chain.decoded(hash);
      const isReal = vertex && vertexId(decodeVertex(encodeVertex(vertex))) === hash;
      return !isReal || !meetsTarget(hash, weight);
    })
    .map(({ hash }) => hash);
}

/** What the wallets own, by token. */
function owned({ wallet, genesisWallet }: HathorMockChain): Map<string, bigint> {
  return new Map([...wallet.balances(), ['00', wallet.balance() + genesisWallet.balance()]]);
}

/** What they must own: genesis and the best chain's rewards, less the deposits of the tokens that exist. */
function expectedFunds({ height }: HathorMockChain, vertices: Iterable<VertexData>) {
  const funds = new Map([['00', GENESIS_AMOUNT + 6400n * BigInt(height)]]);
  for (const vertex of vertices) {
    const minted = vertex.outputs.find(({ token_data: data }) => data === 1);
    if (vertex.version !== 2 || minted === undefined || isVoided(vertex)) continue;
    funds.set(vertex.hash, BigInt(minted.value));
    funds.set('00', (funds.get('00') ?? 0n) - tokenDeposit(BigInt(minted.value)));
  }
  return funds;
}

/** Breaches of: executed vertices have executed ground, executed rivals nowhere, and no dangling references. */
function breaches(vertices: ReadonlyMap<Hex32, VertexData>): string[] {
  const isExecuted = (hash: Hex32): boolean => {
    const vertex = vertices.get(hash);
    if (vertex === undefined) throw new Error(`dangling reference to ${hash}`);
    return !isVoided(vertex);
  };
  return [...vertices.values()].flatMap((vertex) => {
    const { hash, parents, inputs, metadata } = vertex;
    const found: string[] = [];
    for (const { tx_ids: spenders } of metadata.spent_outputs) {
      if (spenders.filter(isExecuted).length > 1) found.push(`${hash} is spent twice`);
    }
    const { first_block: block } = metadata;
    if (block !== null && !isExecuted(block)) found.push(`${hash} is confirmed by a voided block`);
    const rivals = metadata.conflict_with.filter(isExecuted);
    if (isVoided(vertex)) return found;
    if (rivals.length > 0) found.push(`${hash} and its rival are both executed`);
    const ground = [...parents, ...inputs.map(({ tx_id: id }) => id)];
    if (!ground.every(isExecuted)) found.push(`${hash} is executed on voided ground`);
    return found;
  });
}

describe('any seed and any sequence of actions', () => {
  it('keeps order, state, bytes, money and consensus consistent', () => {
    fc.assert(
      fc.property(seeds, chainActions, (seed, actions) => {
        // The replica throws when an event comes out of order.
        const { chain, replica, vertices } = play(seed, actions);
        expect(replica.vertices).toEqual(vertices);
        expect(unproven(chain)).toEqual([]);
        expect(owned(chain)).toEqual(expectedFunds(chain, vertices.values()));
        expect(breaches(vertices)).toEqual([]);
        expect(isVoided(chain.best)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('gives identical events for the same seed', () => {
    fc.assert(
      fc.property(seeds, chainActions, (seed, actions) => {
        expect(play(seed, actions).events).toEqual(play(seed, actions).events);
      }),
      { numRuns: 5 },
    );
  });
});
