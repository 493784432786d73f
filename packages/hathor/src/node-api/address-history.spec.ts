import { describe, expect, it, jest } from '@jest/globals';
import { address, id, output, ShelfChain, vertex } from '../../test/support/shelf-chain.js';
import { encodeAddress } from '../codec/address.js';
import { hathorNetworks } from '../codec/networks.js';
import type { HistoryVertex } from '../chain/history-vertex.js';
import { addressHistoryPage } from './address-history.js';

const network = hathorNetworks.unittests;

function chainOf(shelf: HistoryVertex[]): ShelfChain {
  return Object.assign(new ShelfChain(), { shelf });
}

/** All pages, as a wallet reads them. */
async function pages(chain: ShelfChain, addresses: readonly string[]) {
  const found: string[][] = [];
  let query: { addresses: readonly string[]; hash?: string } = { addresses };
  for (;;) {
    const page = await addressHistoryPage(chain, query, network);
    found.push(page.history.map(({ tx_id }) => tx_id));
    const { has_more, first_hash, first_address } = page;
    if (!has_more) return found;
    expect(addresses).toContain(first_address);
    const rest = addresses.slice(addresses.indexOf(first_address ?? ''));
    query = { addresses: rest, hash: first_hash ?? '' };
  }
}

describe('a page of the history of addresses', () => {
  it('has 150 vertices at most, and the next one goes on where it ended', async () => {
    const chain = chainOf(Array.from({ length: 310 }, (_, place) => vertex(place)));
    const found = await pages(chain, [address(1)]);
    expect(found.map(({ length }) => length)).toEqual([150, 150, 10]);
    expect(found.flat()).toEqual(chain.shelf.map(({ tx_id }) => tx_id));
  });

  it('has 900 inputs and outputs at most', async () => {
    const outputs = Array.from({ length: 200 }, () => output(address(1)));
    const chain = chainOf(Array.from({ length: 9 }, (_, place) => vertex(place, { outputs })));
    const found = await pages(chain, [address(1)]);
    expect(found.map(({ length }) => length)).toEqual([4, 4, 1]);
  });

  it.each([
    ['150 vertices', 150, 1],
    ['900 outputs', 9, 100],
  ])('is the last one where exactly %s are left', async (_, vertices, outputs) => {
    const paid = Array.from({ length: outputs }, () => output(address(1)));
    const chain = chainOf(
      Array.from({ length: vertices }, (_, place) => vertex(place, { outputs: paid })),
    );
    expect(await pages(chain, [address(1), address(2)])).toHaveLength(1);
    chain.shelf.push(vertex(vertices));
    expect((await pages(chain, [address(1)])).map(({ length }) => length)).toEqual([vertices, 1]);
  });

  it('looks at an address once, however often it is named', async () => {
    const chain = chainOf([vertex(1)]);
    const asked = jest.spyOn(chain, 'addressHistory');
    const addresses = Array.from({ length: 1000 }, () => address(1));
    expect(await pages(chain, addresses)).toEqual([[id(1)]]);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('lets other work have its turn, with vertices and without', async () => {
    const shelf = Array.from({ length: 100 }, (_, place) => vertex(place));
    const unused = Array.from({ length: 600 }, (_, place) =>
      encodeAddress(
        'P2PKH',
        new Uint8Array(20)
          .fill(7)
          .fill(place >> 8, 1)
          .fill(place, 2),
        network,
      ),
    );
    for (const addresses of [[address(1), ...unused], unused]) {
      const order: string[] = [];
      setImmediate(() => order.push('other work'));
      await addressHistoryPage(chainOf(shelf), { addresses }, network);
      expect(order).toEqual(['other work']);
    }
  });

  it('gets past a vertex that is larger than a page', async () => {
    const outputs = Array.from({ length: 901 }, () => output(address(1)));
    const chain = chainOf([vertex(1), vertex(2, { outputs }), vertex(3)]);
    expect(await pages(chain, [address(1)])).toEqual([[id(1)], [id(2)], [id(3)]]);
  });

  it('goes on with the address at which it ended', async () => {
    const shelf = Array.from({ length: 200 }, (_, place) =>
      vertex(place, { outputs: [output(address(place < 100 ? 1 : 2))] }),
    );
    const found = await pages(chainOf(shelf), [address(1), address(2)]);
    expect(found.map(({ length }) => length)).toEqual([150, 50]);
    expect(new Set(found.flat()).size).toBe(200);
  });

  it('has the wanted versions only', async () => {
    const chain = chainOf([vertex(1, { version: 0 }), vertex(2)]);
    const versions = new Set([0]);
    const page = await addressHistoryPage(chain, { addresses: [address(1)], versions }, network);
    expect(page.history.map(({ tx_id }) => tx_id)).toEqual([id(1)]);
  });
});
