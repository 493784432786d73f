/** The document of the Lighthouse dialect against its golden messages, in every number style. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { LighthouseModule, type LighthouseOptions, type NumberStyle } from '@sluice/lighthouse';
import { framesIn, vector } from './support/dialect-vectors.js';
import { Documented } from './support/documented.js';

const EVENTS = [
  'beacon_attestation_imported',
  'beacon_attestation_rejected',
  'beacon_block_imported',
  'beacon_block_rejected',
  'beacon_finalization',
  'beacon_head_changed',
];

const FILES = [
  'event-beacon_attestation_imported',
  'event-beacon_attestation_rejected',
  'event-beacon_block_imported',
  'event-beacon_block_imported-empty-body',
  'event-beacon_block_rejected',
  'event-beacon_finalization',
  'event-beacon_head_changed',
  'event-beacon_head_changed-reorg',
  'numbers-u64',
];

interface Styled {
  readonly frames?: Readonly<Record<NumberStyle, string>>;
  readonly cases?: readonly Styled[];
}

const document = (options: LighthouseOptions) =>
  Documented.of(LighthouseModule.forRoot({ port: 'free', attestations: true, ...options }));

/** The messages of a golden file in one style. */
function framesOf(file: string, style: NumberStyle): readonly { event: string }[] {
  const { frames, cases = [] } = vector('lighthouse', file) as Styled;
  const texts = [frames, ...cases.map((one) => one.frames)].flatMap((each) => each?.[style] ?? []);
  return framesIn(texts) as { event: string }[];
}

describe.each(['plain', 'mixed', 'quoted'] as const)('Lighthouse, %s numbers', (numbers) => {
  let documented: Documented;
  beforeAll(async () => {
    documented = await document({ numbers });
  });

  it('is valid AsyncAPI', async () => {
    expect(await documented.complaints()).toEqual([]);
  });

  it('has every event', () => {
    expect(documented.messages('send', 'lighthouse')).toEqual(EVENTS);
    expect(documented.messages('receive', 'lighthouse')).toEqual(['anything']);
  });

  it.each(FILES)('knows every message of %s', (file) => {
    const frames = framesOf(file, numbers);
    expect(frames.length).toBeGreaterThan(0);
    for (const frame of frames) {
      expect(documented.faults('lighthouse', frame.event, frame)).toEqual([]);
    }
  });

  it('has examples that were on the wire and fit', () => {
    const golden = FILES.flatMap((file) => framesOf(file, numbers));
    expect(new Set(documented.examples.map(([, name]) => name))).toEqual(new Set(EVENTS));
    for (const [gateway, name, payload] of documented.examples) {
      expect(documented.faults(gateway, name, payload)).toEqual([]);
      expect(golden).toContainEqual(payload);
    }
  });
});

it('does not know the numbers of another style', async () => {
  const documented = await document({ numbers: 'plain' });
  const [frame] = framesOf('event-beacon_finalization', 'quoted');
  expect(documented.faults('lighthouse', 'beacon_finalization', frame)).not.toEqual([]);
});

it('has no attestation events where they are off', async () => {
  const documented = await document({ attestations: false });
  expect(documented.messages('send', 'lighthouse')).toEqual(EVENTS.slice(2));
});

it('describes the older layout of blocks, whose examples fit', async () => {
  const documented = await document({ blocks: 'v0.9' });
  expect(await documented.complaints()).toEqual([]);
  expect(documented.examples).toHaveLength(EVENTS.length);
  for (const [gateway, name, payload] of documented.examples) {
    expect(documented.faults(gateway, name, payload)).toEqual([]);
  }
});
