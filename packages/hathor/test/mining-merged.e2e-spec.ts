/** Merge-mined blocks over the mining socket: their proof of work is a Bitcoin header (contract 3.7, 3.8). */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { MergeMinedBlock } from '../src/codec/index.js';
import { encodeVertex, meetsTarget, minimalBlock, vertexId } from '../src/codec/index.js';
import { MiningApp } from './support/mining-app.js';

let app: MiningApp;

afterEach(() => app.stop());

/** A mined block on the chain's best one, whose merkle path has so many links. */
async function mergeMined(links: number): Promise<string> {
  for (let nonce = 0; ; nonce++) {
    const headerTail = Buffer.alloc(12);
    headerTail.writeUInt32LE(nonce, 8);
    const block: MergeMinedBlock = {
      ...minimalBlock(await app.template()),
      version: 3,
      nonce: 0n,
      auxPow: {
        headerHead: new Uint8Array(36),
        coinbaseHead: Buffer.from('a pool Hath'),
        coinbaseTail: Buffer.from('tail'),
        merklePath: Array.from({ length: links }, (_, link) => new Uint8Array(32).fill(link)),
        headerTail,
      },
    };
    if (!meetsTarget(vertexId(block), block.weight)) continue;
    return Buffer.from(encodeVertex(block)).toString('hex');
  }
}

async function answerTo(hexdata: string): Promise<unknown> {
  const miner = await app.miner();
  miner.send({ id: 1, method: 'mining.submit', params: { hexdata } });
  return miner.nextJson();
}

describe('a merge-mined block', () => {
  it.each([0, 12])('hathor §3.8 with %s links is taken in', async (links) => {
    app = await MiningApp.start();
    const hexdata = await mergeMined(links);
    expect(await answerTo(hexdata)).toEqual({ id: 1, error: null, result: true });
    expect(app.chain.taken[0]?.block.version).toBe(3);
    expect(app.chain.taken[0]?.id).toBe(app.chain.best.id);
  });

  it('hathor §3.8 whose header was changed is -32603', async () => {
    app = await MiningApp.start();
    const hexdata = await mergeMined(1);
    app.chain.weight = 60;
    const heavier = hexdata.replace('4000000000000000', '404e000000000000');
    expect(await answerTo(heavier)).toMatchObject({ error: { code: -32603 } });
  });

  it('hathor §3.8 with 13 links is -32603 before the feature is active, and taken in after', async () => {
    app = await MiningApp.start();
    expect(await answerTo(await mergeMined(13))).toMatchObject({ error: { code: -32603 } });
    await app.stop();
    app = await MiningApp.start({ mining: { maxMerklePathLinks: 20 } });
    expect(await answerTo(await mergeMined(20))).toMatchObject({ result: true });
  });
});
