/** `mining.submit` with bytes that nobody mined: none crashes, none is accepted, none takes long. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SluiceError } from '@sluice/engine';
import type { MergeMinedBlock } from '../src/codec/index.js';
import { encodeVertex, minimalBlock, unittestsGenesisTransaction1 } from '../src/codec/index.js';
import { MiningGateway } from '../src/index.js';
import { HexFuzzer } from './support/hex-fuzzer.js';
import { MiningApp } from './support/mining-app.js';

const INPUTS = 100_000;

/** Nobody finds a nonce for it, so that nothing can be accepted by luck. */
const WEIGHT = 60;

let app: MiningApp;
let gateway: MiningGateway;
let seeds: readonly Uint8Array[];

beforeAll(async () => {
  app = await MiningApp.start({ prepare: (chain) => (chain.weight = WEIGHT) });
  gateway = app.app.get(MiningGateway);
  const block = { ...minimalBlock(await app.template()), data: Buffer.from('fuzz') };
  const mergeMined: MergeMinedBlock = {
    ...block,
    version: 3,
    nonce: 0n,
    auxPow: {
      headerHead: new Uint8Array(36),
      coinbaseHead: Buffer.from('coinbase Hath'),
      coinbaseTail: Buffer.from('tail'),
      merklePath: [new Uint8Array(32), new Uint8Array(32)],
      headerTail: new Uint8Array(12),
    },
  };
  seeds = [
    encodeVertex({ ...block, version: 0, nonce: 7n }),
    encodeVertex({ ...block, version: 0, nonce: 7n, parents: ['ab'.repeat(32)] }),
    encodeVertex(mergeMined),
    encodeVertex({ ...unittestsGenesisTransaction1, outputs: block.outputs }),
  ];
});
afterAll(() => app.stop());

/** What comes of an input: `false`, or the code of the fault. */
async function fate(hexdata: string): Promise<unknown> {
  try {
    return await gateway.submit({ hexdata });
  } catch (error) {
    if (error instanceof SluiceError) return error.code;
    throw error;
  }
}

describe('fuzzed hexdata', () => {
  it(`never crashes and never is accepted, ${INPUTS} times`, async () => {
    const fuzzer = new HexFuzzer(seeds, 4711);
    const fates = new Map<unknown, number>();
    const start = process.cpuUsage();
    for (let input = 0; input < INPUTS; input++) {
      const hexdata = fuzzer.next();
      const seen = await fate(hexdata);
      fates.set(seen, (fates.get(seen) ?? 0) + 1);
    }
    expect(cpuMs(start) / INPUTS).toBeLessThan(1);
    expect(app.chain.taken).toEqual([]);
    expect([...fates.keys()].sort()).toEqual(['INVALID', 'STATE', false].sort());
    // Every way through the checks was taken often.
    for (const times of fates.values()) expect(times).toBeGreaterThan(INPUTS / 100);
  }, 180_000);

  it('takes no longer where it is made to be slow', async () => {
    for (const hexdata of slowest()) {
      const start = process.cpuUsage();
      for (let round = 0; round < 50; round++) expect(await fate(hexdata)).not.toBe(true);
      expect(cpuMs(start) / 50).toBeLessThan(20);
    }
  }, 60_000);

  it('gets the answers of the contract over the socket', async () => {
    const fuzzer = new HexFuzzer(seeds, 42);
    let miner = await app.miner();
    for (let input = 0; input < 300; input++) {
      const hexdata = fuzzer.next();
      const expected = await fate(hexdata);
      miner.send({ id: input, method: 'mining.submit', params: { hexdata } });
      if (expected === false) {
        expect(await miner.nextJson()).toEqual({ id: input, error: null, result: false });
        continue;
      }
      expect(await miner.nextJson()).toMatchObject({ id: null, error: { code: -32603 } });
      expect(await miner.closed()).toMatchObject({ code: 1005 });
      miner = await app.miner();
    }
    await miner.expectSilence();
  });
});

/** Time of the processor, which other processes do not take part in; the generator's counts too. */
function cpuMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The most of everything that a vertex can hold. */
function slowest(): readonly string[] {
  const most = (head: string, unit: string, tail = ''): string => {
    const room = 96_000 - head.length - tail.length;
    return head + unit.repeat(Math.floor(room / unit.length)) + tail;
  };
  const output = `00000001000000`;
  const graph = `404e000000000000${'5dbc86ba'}`;
  const auxPow = `000300${graph}0000${'00'.repeat(36)}`;
  return [
    most('', 'f'),
    most('', '0'),
    '00 '.repeat(500_000),
    `${' '.repeat(1_000_000)}00`,
    `0000ff${output.repeat(255)}${graph}ff${'ab'.repeat(32 * 255)}00${'00'.repeat(16)}`,
    `0001ffffff${'cd'.repeat(32 * 255)}${`${'ef'.repeat(32)}000000`.repeat(255)}`,
    most('00000100000001000fff', 'ab'),
    most(`${auxPow}fd80b0`, '48617400'),
    most(`${auxPow}fd80b0`, '48'),
  ];
}
