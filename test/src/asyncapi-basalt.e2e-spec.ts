/** The document of the Basalt dialect against its golden messages. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { BasaltModule } from '@sluice/basalt';
import { Documented } from './support/documented.js';
import { framesIn, vector } from './support/dialect-vectors.js';

const FILES = [
  'current_block',
  'current_block-genesis',
  'new_block',
  'new_block-small-timestamp',
  'numbers-u64',
  'sequence-connect',
  'relay-ws',
  'relay-http',
];

describe.each(['published', 'node'] as const)('Basalt, %s', (compat) => {
  let documented: Documented;
  beforeAll(async () => {
    documented = await Documented.of(
      BasaltModule.forRoot({ port: 'free', address: '127.0.0.1', compat }),
    );
  });

  it('is valid AsyncAPI', async () => {
    expect(await documented.complaints()).toEqual([]);
  });

  it('has every message of the mode', () => {
    const sent = compat === 'node' ? ['current_block', 'new_block'] : ['new_block'];
    expect(documented.messages('send', 'basalt')).toEqual(sent);
    expect(documented.messages('receive', 'basalt')).toEqual(['anything']);
  });

  it('has examples that were on the wire and fit', () => {
    expect(documented.examples.length).toBeGreaterThan(0);
    for (const [gateway, name, payload] of documented.examples) {
      expect(documented.faults(gateway, name, payload)).toEqual([]);
      expect(FILES.flatMap((file) => framesIn(vector('basalt', file)))).toContainEqual(payload);
    }
  });
});

it.each(FILES)('the node’s document knows every message of %s', async (file) => {
  const documented = await Documented.of(
    BasaltModule.forRoot({ port: 'free', address: '127.0.0.1', compat: 'node' }),
  );
  const frames = framesIn(vector('basalt', file)) as { type: string }[];
  expect(frames.length).toBeGreaterThan(0);
  for (const frame of frames) expect(documented.faults('basalt', frame.type, frame)).toEqual([]);
});
