/** A client that does not read what it asked for. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { RawClient } from '@sluice/testing';
import type { HistoryVertex } from '../src/index.js';
import { eventually } from './support/eventually.js';
import { ScriptedChain } from './support/scripted-chain.js';
import { bareVertex } from './support/stream-bench.js';
import { WalletApp } from './support/wallet-app.js';
import { addressPairs } from './support/wallet-keys.js';

const VERTICES = 60_000;

class LongChain extends ScriptedChain {
  read = 0;

  override *addressHistory(): Iterable<HistoryVertex> {
    while (this.read < VERTICES) yield bareVertex(String(this.read++).padStart(64, '0'));
  }
}

let app: WalletApp<LongChain>;
let client: RawClient;

afterEach(async () => {
  client.reset();
  await app.stop();
});

describe('a stream to a client that does not read', () => {
  it('stops reading the chain until the client reads again, and leaves out nothing', async () => {
    app = await WalletApp.start({ chain: LongChain });
    client = await RawClient.connect(`${app.root}/v1a/ws/`);
    client.stall();
    const [pair] = addressPairs(1);
    const request = { type: 'request:history:manual', id: 's', first: true, last: true };
    client.sendText(JSON.stringify({ ...request, addresses: [pair] }));
    await eventually(() => app.chain.read > 0);
    await quiet(() => app.chain.read);
    expect(app.chain.read).toBeLessThan(VERTICES);
    client.resume();
    let frames = 0;
    for (let text = ''; !text.includes('history:end'); frames++) {
      const frame = await client.nextFrame();
      text = frame.kind === 'text' ? frame.text : '';
    }
    // `capabilities`, begin, address, end.
    expect(frames).toBe(VERTICES + 4);
  });
});

/** Waits until a number has not changed for many turns of the event loop. */
async function quiet(number: () => number): Promise<void> {
  let last = number();
  for (let turns = 0; turns < 500; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (number() !== last) turns = 0;
    last = number();
  }
}
