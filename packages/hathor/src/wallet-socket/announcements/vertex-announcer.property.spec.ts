/** Contract 1.4, whatever consensus does in a step: each vertex that differs from what was reported is announced once. */
import { expect, it } from '@jest/globals';
import type { Session } from '@sluice/engine';
import { EventBus } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import fc from 'fast-check';
import type { HathorWalletChain, VertexData } from '../../index.js';
import { ScriptedChain } from '../../../test/support/scripted-chain.js';
import { idOf } from '../../../test/support/vertex-data.js';
import { addressAt } from '../../../test/support/wallet-keys.js';
import { SubscribedAddresses } from '../addresses/subscribed-addresses.js';
import { WalletConnections } from '../wallet-connections.js';
import { VertexAnnouncer } from './vertex-announcer.service.js';

const LATER_MS = 100;
const MINE = addressAt(0);

/** Vertices by number; each spends an output of an earlier one, or nothing. */
const SPENDS: readonly (readonly [vertex: number, output: number] | undefined)[] = [
  undefined,
  [0, 0],
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 0],
  [4, 0],
  [3, 1],
];

class Run {
  readonly chain = new ScriptedChain();
  readonly bus = new EventBus();
  readonly clock = new ManualClock();
  private heard: string[] = [];
  private steps = 0;

  static async start(): Promise<Run> {
    const run = new Run();
    const connections = new WalletConnections();
    connections.add({ onClose: () => undefined } as unknown as Session);
    const addresses = new SubscribedAddresses();
    addresses.add(MINE);
    const chain = run.chain as HathorWalletChain;
    const announcer = new VertexAnnouncer(run.bus, chain, connections, addresses, run.clock);
    await announcer.onApplicationBootstrap();
    announcer.histories$.subscribe(({ history }) => run.heard.push(history.tx_id));
    for (const [number, spent] of SPENDS.entries()) {
      const spends = spent && ([[idOf(`v${spent[0]}`), spent[1]]] as const);
      const outputs = [MINE, MINE];
      const data = run.chain.add({ name: `v${number}`, outputs, ...(spends && { spends }) });
      void run.bus.publish('vertex.accepted', data);
    }
    await run.announced();
    return run;
  }

  /** One step of consensus. @returns ids of what was announced because of it, sorted. */
  step(changes: readonly (readonly [number: number, voidedBy: readonly string[]])[]) {
    for (const [number, voidedBy] of changes) {
      this.chain.change(idOf(`v${number}`), { voided_by: voidedBy });
    }
    const data = (number: number): VertexData => this.chain.data(idOf(`v${number}`));
    for (const [number] of changes) void this.bus.publish('vertex.metadata-changed', data(number));
    void this.bus.publish('vertex.accepted', this.chain.add({ name: `cause${this.steps++}` }));
    return this.announced();
  }

  /** What a node compares. */
  states(): Map<string, string> {
    return new Map(
      SPENDS.map((_, number) => {
        const id = idOf(`v${number}`);
        const [vertex] = [...this.chain.addressHistory(MINE)].filter(({ tx_id }) => tx_id === id);
        const spenders = vertex?.outputs.map(({ spent_by }) => spent_by);
        const { voided_by } = this.chain.data(id).metadata;
        return [id, JSON.stringify([[...voided_by].sort(), spenders])];
      }),
    );
  }

  private async announced(): Promise<string[]> {
    await new Promise((resolve) => setImmediate(resolve));
    this.clock.advance(LATER_MS);
    await new Promise((resolve) => setImmediate(resolve));
    return this.heard.splice(0).sort();
  }
}

const voidedBy = fc.constantFrom([], [], ['x'], ['y'], ['y', 'x']);
const step = fc.uniqueArray(fc.tuple(fc.nat(SPENDS.length - 1), voidedBy), {
  selector: ([number]) => number,
  maxLength: 5,
});

it('announces once what differs from what was reported last, and nothing else', () =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      const run = await Run.start();
      for (const changes of steps) {
        const before = run.states();
        const announced = await run.step(changes);
        const news = [...run.states()].filter(([id, state]) => before.get(id) !== state);
        expect(announced).toEqual(news.map(([id]) => id).sort());
      }
    }),
    { numRuns: 60 },
  ));
