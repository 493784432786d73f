/** The document of the BigchainDB dialect against its golden messages. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { BigchaindbModule } from '@sluice/bigchaindb';
import { framesIn, vector } from './support/dialect-vectors.js';
import { Documented } from './support/documented.js';

const FILES = [
  'asset-id-edges',
  'batch-order',
  'block-create-and-transfer',
  'block-elections',
  'event-create',
  'event-transfer',
];

const wsserver = { host: '127.0.0.1', port: 'free' } as const;

describe('BigchainDB as a node has it', () => {
  let documented: Documented;
  beforeAll(async () => {
    documented = await Documented.of(BigchaindbModule.forRoot({ wsserver, environment: {} }));
  });

  it('is valid AsyncAPI', async () => {
    expect(await documented.complaints()).toEqual([]);
  });

  it('has one message each way, and no query', () => {
    expect(documented.messages('send', 'bigchaindb')).toEqual(['valid_transaction']);
    expect(documented.messages('receive', 'bigchaindb')).toEqual(['anything']);
    expect(Object.keys(documented.document.channels)).toEqual(['bigchaindb']);
    expect(documented.document.channels.bigchaindb?.bindings.ws.query).toBeUndefined();
  });

  it.each(FILES)('knows every message of %s', (file) => {
    const frames = framesIn(vector('bigchaindb', file));
    expect(frames.length).toBeGreaterThan(0);
    for (const frame of frames) {
      expect(documented.faults('bigchaindb', 'valid_transaction', frame)).toEqual([]);
    }
  });

  it('has examples that were on the wire and fit', () => {
    const golden = FILES.flatMap((file) => framesIn(vector('bigchaindb', file)));
    expect(documented.examples).toHaveLength(2);
    for (const [gateway, name, payload] of documented.examples) {
      expect(documented.faults(gateway, name, payload)).toEqual([]);
      expect(golden).toContainEqual(payload);
    }
  });
});

it('BigchainDB with its extensions has the block stream and the filters, too', async () => {
  const documented = await Documented.of(
    BigchaindbModule.forRoot({ wsserver, environment: {}, filters: true, blockStream: true }),
  );
  expect(await documented.complaints()).toEqual([]);
  expect(documented.messages('send', 'bigchaindbBlocks')).toEqual(['valid_block']);
  expect(documented.document.channels.bigchaindb?.bindings.ws.query).toMatchObject({
    properties: { asset_id: {}, public_key: {}, operation: {} },
  });
  for (const [gateway, name, payload] of documented.examples) {
    expect(documented.faults(gateway, name, payload)).toEqual([]);
  }
});
