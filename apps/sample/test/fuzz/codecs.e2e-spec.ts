/** Whatever reads bytes or text from outside: it reads them or refuses them, in its own words and nobody else's. */
import { expect, it } from '@jest/globals';
import { json, jsonRpc, parseJson, SluiceError, stringifyJson } from '@sluice/engine';
import { parseEventRecording } from '@sluice/hathor';
import {
  CodecError,
  decodeAddress,
  decodeScript,
  decodeVertex,
  encodeVertex,
  hathorNetworks,
  p2pkhScript,
  unittestsGenesisBlock,
  unittestsGenesisTransaction1,
} from '@sluice/hathor/codec';
import {
  blockFromJson,
  blockToJson,
  decodeAccount,
  parseAmount,
  WireError,
} from '@sluice/nano/wire';
import { damaged, mutatedJson, treeOf } from '@sluice/testing/hostile';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const RUNS = Number(process.env.SLUICE_FUZZ_RUNS ?? 1500);
const SEED = Number(process.env.SLUICE_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

type Refusal = abstract new (...args: never[]) => Error;

interface Reader {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Buffer>;
  /** @throws a `refusal`, or an Error where something read cannot be written again. */
  readonly read: (bytes: Buffer) => void;
  readonly refusal: Refusal;
}

const REQUESTS: readonly unknown[] = [
  { type: 'subscribe', id: 1, options: { a: [1, 2] } },
  { jsonrpc: '2.0', id: 'a', method: 'mining.submit', params: ['00ff', true] },
  [
    { id: 1, method: 'mining.refresh' },
    { id: 2, method: 'x', params: {} },
  ],
];
const VERTICES = [unittestsGenesisBlock, unittestsGenesisTransaction1].map((vertex) =>
  Buffer.from(encodeVertex(vertex)),
);
const ADDRESS = 'HH5As5aLtzFkcbmbXZmE65wSd22GqPWq2T';
const ACCOUNT = 'nano_1tgkjkq9r96zd3pkr7edj8e4qbu3wr3ps6ettzse8hmoa37nurua7faupjhc';
const EVENTS = readFileSync(
  join(import.meta.dirname, '../../../../test/vectors/hathor-events/SINGLE_CHAIN_ONE_BLOCK.json'),
);
const NANO_BLOCK = {
  type: 'state',
  account: ACCOUNT,
  previous: 'AB'.repeat(32),
  representative: ACCOUNT,
  balance: '5606157000000000000000000000000000000',
  link: 'CD'.repeat(32),
  signature: 'EF'.repeat(64),
  work: '0123456789abcdef',
};

const requests = fc.constantFrom(...REQUESTS.map(treeOf));
const texts = mutatedJson(requests, requests).map((text) => Buffer.from(text));
const anyJson = fc.oneof(texts, damaged(texts));
const from = (...seeds: readonly Buffer[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    damaged(fc.constantFrom(...seeds)),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );

const READERS: readonly Reader[] = [
  {
    name: 'the codec of JSON commands',
    inputs: anyJson,
    read: (bytes) => void json({ id: 'id' }).decode(bytes, bytes.length % 2 === 0),
    refusal: SluiceError,
  },
  {
    name: 'the codec of JSON-RPC',
    inputs: anyJson,
    read: (bytes) =>
      void jsonRpc({ params: { 'mining.submit': ['hexdata', 'optimistic?'] } }).decode(
        bytes,
        false,
      ),
    refusal: SluiceError,
  },
  {
    name: 'JSON with all digits',
    inputs: anyJson,
    read(bytes) {
      const value = parseJson(bytes.toString());
      // What is Infinity here is null on the wire, which is why the text is compared, and not the value.
      const text = stringifyJson(value);
      expect(stringifyJson(parseJson(text))).toBe(text);
    },
    refusal: SyntaxError,
  },
  {
    name: 'a Hathor vertex',
    inputs: from(...VERTICES),
    read(bytes) {
      expect(Buffer.from(encodeVertex(decodeVertex(bytes)))).toEqual(bytes);
    },
    refusal: CodecError,
  },
  {
    name: 'a Hathor script',
    inputs: from(Buffer.from(p2pkhScript(new Uint8Array(20)))),
    read: (bytes) => void decodeScript(bytes, hathorNetworks.mainnet),
    refusal: CodecError,
  },
  {
    name: 'a Hathor address',
    inputs: from(Buffer.from(ADDRESS)),
    read: (bytes) => void decodeAddress(bytes.toString(), hathorNetworks.mainnet),
    refusal: CodecError,
  },
  {
    name: 'a recording of Hathor events',
    inputs: from(EVENTS),
    read: (bytes) => void parseEventRecording(bytes.toString()),
    refusal: SluiceError,
  },
  {
    name: 'a Nano account',
    inputs: from(Buffer.from(ACCOUNT)),
    read: (bytes) => void decodeAccount(bytes.toString()),
    refusal: WireError,
  },
  {
    name: 'a Nano amount',
    inputs: from(Buffer.from(String(2n ** 128n - 1n))),
    read: (bytes) => void parseAmount(bytes.toString()),
    refusal: WireError,
  },
  {
    name: 'a Nano block',
    inputs: mutatedJson(fc.constant(treeOf(NANO_BLOCK)), requests)
      .filter((text) => text.startsWith('{') && !text.includes('[[[[') && isJson(text))
      .map((text) => Buffer.from(text)),
    read(bytes) {
      const block = blockFromJson(parseJson(bytes.toString()) as Record<string, unknown>);
      expect(blockFromJson({ ...blockToJson(block) })).toEqual(block);
    },
    refusal: WireError,
  },
];

it.each(READERS)(`$name is read or refused, of seed ${SEED}`, ({ inputs, read, refusal }) => {
  fc.assert(
    fc.property(inputs, (bytes) => {
      try {
        read(bytes);
      } catch (error) {
        if (!(error instanceof refusal)) throw error;
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
});

function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}
