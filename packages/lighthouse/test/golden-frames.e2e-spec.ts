/** The wire against the golden data, byte by byte. */
import { describe, expect, it } from '@jest/globals';
import { stringifyJson } from '@sluice/engine';
import fc from 'fast-check';
import { beaconWire, blockRoot, type WireProfile } from '../src/index.js';
import { eventOf, golden, GOLDEN, STYLES, vector, type Frames } from './support/vectors.js';

const profile = (numbers: WireProfile['numbers']): WireProfile => ({
  numbers,
  blocks: 'phase0',
  body: 'phase0',
});

const render = (frame: string, numbers: WireProfile['numbers']): string => {
  const { type, data } = eventOf(frame);
  return beaconWire(profile(numbers))[type](data);
};

describe.each(STYLES)('in number style %s', (style) => {
  it.each(GOLDEN)('%s is written as it is recorded', (_, frames) => {
    expect(render(frames.plain, style)).toBe(frames[style]);
  });

  it.each(GOLDEN)('%s is the same from quoted numbers', (_, frames) => {
    expect(render(frames.quoted, style)).toBe(frames[style]);
  });

  it('keeps every digit beyond 2^53', () => {
    const { must_contain } = vector<{ must_contain: Frames }>('numbers-u64');
    for (const part of must_contain[style]) {
      expect(render(golden('numbers-u64').plain, style)).toContain(part);
    }
  });

  it('keeps every digit of any 64-bit integer, however it comes', () => {
    const { type, data } = eventOf(golden('event-beacon_finalization').plain);
    const wire = beaconWire(profile(style));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (epoch) => {
        const digits = epoch.toString();
        const written = style === 'quoted' ? `"epoch":"${digits}"` : `"epoch":${digits},`;
        const forms = [epoch, digits, ...(epoch < 2n ** 53n ? [Number(epoch)] : [])];
        for (const form of forms) {
          expect(wire[type]({ ...(data as object), epoch: form } as never)).toContain(written);
        }
      }),
    );
  });
});

it.each(['event-beacon_block_imported', 'event-beacon_block_imported-empty-body'])(
  'block_root of %s is computed where it is not given',
  (name) => {
    const { plain } = golden(name);
    const { data } = eventOf(plain);
    const { block, block_root } = data as {
      block: { message: Parameters<typeof blockRoot>[0] };
      block_root: string;
    };
    expect(blockRoot(block.message)).toBe(block_root);
    expect(beaconWire(profile('plain'))['beacon.block-imported']({ block } as never)).toBe(plain);
  },
);

it('quotes exactly the members that the table names', () => {
  const { styles } = vector<{ styles: Record<keyof Frames, { quoted: readonly string[] }> }>(
    'numbers-styles',
  );
  for (const style of STYLES) {
    const frame = golden('event-beacon_block_imported')[style];
    const quoted = new Set([...frame.matchAll(/"(\w+)":(?:\[)?"\d+"/g)].map(([, name]) => name));
    const named = styles[style].quoted.map((name) => name.replace('[]', ''));
    // A finalization has the epoch, a block everything else.
    expect([...quoted].sort()).toEqual([...named].sort());
  }
});

describe('what has no form on the wire', () => {
  const { data } = eventOf(golden('event-beacon_finalization').plain);
  const finalization = beaconWire(profile('plain'))['beacon.finalization'];
  const written = (change: object) => () =>
    finalization({ ...(data as object), ...change } as never);

  it.each([
    [2 ** 53],
    [-1],
    [1.5],
    [NaN],
    [-1n],
    [2n ** 64n],
    ['18446744073709551616'],
    ['-1'],
    ['1e3'],
    ['0x10'],
    [''],
    [null],
    [undefined],
    [true],
  ])('an epoch %p is refused', (epoch) => {
    expect(written({ epoch })).toThrow(/^epoch: .* is no exact 64-bit integer$/);
  });

  it.each([['0x12'], ['ab'.repeat(32)], [`0x${'zz'.repeat(32)}`], [undefined], [7]])(
    'a root %p is refused',
    (root) => {
      expect(written({ root })).toThrow('root: no hex of 32 bytes');
    },
  );

  it('names the place', () => {
    const { type, data: imported } = eventOf(golden('event-beacon_block_imported').plain);
    const broken = JSON.parse(
      stringifyJson(imported).replace(/"pubkey":"0x../, '"pubkey":"0x'),
    ) as never;
    expect(() => beaconWire(profile('plain'))[type](broken)).toThrow(
      'block.message.body.deposits.0.data.pubkey: no hex of 48 bytes',
    );
  });

  it('hex of upper case is written in lower case', () => {
    expect(written({ root: `0x${'AB'.repeat(32)}` })()).toContain(`"0x${'ab'.repeat(32)}"`);
  });
});

describe('other forms of a block', () => {
  const { data } = eventOf(golden('event-beacon_block_imported').quoted);
  const wire = (change: Partial<WireProfile>) =>
    beaconWire({ ...profile('plain'), ...change })['beacon.block-imported'];

  it('v0.9: nothing is wrapped, and there is no proposer', () => {
    const text = wire({ blocks: 'v0.9' })(data);
    const { block } = (JSON.parse(text) as { data: { block: object } }).data as {
      block: Record<string, unknown> & { body: Record<string, Record<string, unknown>[]> };
    };
    expect(Object.keys(block)).toEqual(['slot', 'parent_root', 'state_root', 'body', 'signature']);
    const [slashing] = block.body.proposer_slashings ?? [];
    expect(Object.keys(slashing ?? {})).toEqual(['proposer_index', 'header_1', 'header_2']);
    expect(Object.keys(slashing?.header_1 ?? {})).toEqual([
      'slot',
      'parent_root',
      'state_root',
      'body_root',
      'signature',
    ]);
    const [exit] = block.body.voluntary_exits ?? [];
    expect(Object.keys(exit ?? {})).toEqual(['epoch', 'validator_index', 'signature']);
    expect(exit?.epoch).toBe(7300);
  });
});
