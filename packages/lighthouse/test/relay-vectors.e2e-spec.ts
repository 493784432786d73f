/** The relay against the golden data: a node's messages and answers, and the frames of the old socket (contract 13). */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { LighthouseOptions } from '../src/index.js';
import { FakeBeaconNode, type FakeAnswer } from './support/fake-beacon-node.js';
import { RelayApp, type RelayAppOptions } from './support/relay-app.js';
import { vector } from './support/vectors.js';

interface RelayCase<F> {
  readonly name: string;
  readonly previous_head?: { readonly root: string; readonly slot: number };
  readonly sse: readonly { readonly event: string; readonly data: object }[];
  readonly http?: Readonly<Record<string, FakeAnswer>>;
  readonly http_sequence?: Readonly<Record<string, readonly FakeAnswer[]>>;
  readonly committee?: { slot: string; index: string; validators: readonly string[] };
  readonly frames: F;
}

const cases = <F>(name: string) => vector<{ cases: readonly RelayCase<F>[] }>(name).cases;

const heads = cases<readonly string[]>('relay-head');
const attestations = cases<readonly string[]>('relay-attestation');
const byProfile = [
  ...cases<Readonly<Record<string, readonly string[]>>>('relay-block'),
  ...cases<Readonly<Record<string, readonly string[]>>>('relay-finalized'),
].flatMap(({ frames, ...example }) =>
  Object.entries(frames).map(
    ([form, texts]) => [example.name, form, { ...example, frames: texts }] as const,
  ),
);

let relay: RelayApp | undefined;

afterEach(async () => {
  await relay?.stop();
  relay = undefined;
});

async function play(
  { previous_head, sse, http, http_sequence, committee }: RelayCase<unknown>,
  options: RelayAppOptions = {},
): Promise<RelayApp> {
  const node = await FakeBeaconNode.start();
  for (const [line, answer] of Object.entries(http ?? {})) node.answers.set(line, [answer]);
  for (const [line, answers] of Object.entries(http_sequence ?? {})) {
    node.answers.set(line, [...answers]);
  }
  const { root, slot } = previous_head ?? { root: `0x${'00'.repeat(32)}`, slot: 0 };
  node.header('head', root, slot, `0x${'00'.repeat(32)}`);
  if (committee !== undefined) {
    const { slot: at, index } = committee;
    const path = `/eth/v1/beacon/states/head/committees?slot=${at}&index=${index}`;
    node.answers.set(`GET ${path}`, [{ data: [committee] }]);
  }
  relay = await RelayApp.start(node, options);
  for (const { event, data } of sse) node.send(event, data);
  return relay;
}

describe('the relay, by the vectors', () => {
  it.each(heads.map((example) => [example.name, example] as const))(
    'lighthouse §16.26 head: %s',
    async (_, example) => {
      const { frames } = example;
      expect(await (await play(example)).frames(frames.length)).toEqual(frames);
    },
  );

  it.each(byProfile)('lighthouse §16.27 §16.28 %s: %s', async (_, form, example) => {
    const [numbers, body = 'phase0'] = form.split('/');
    const lighthouse = { numbers, body } as LighthouseOptions;
    const app = await play(example, { lighthouse });
    expect(await app.frames(example.frames.length)).toEqual(example.frames);
  });

  it.each(attestations.map((example) => [example.name, example] as const))(
    'lighthouse §13 attestation: %s',
    async (_, example) => {
      const { frames } = example;
      const app = await play(example, { relay: { attestations: true } });
      expect(await app.frames(frames.length)).toEqual(frames);
    },
  );
});
