/**
 * Everything that clients can send, made from what they should: each endpoint of each dialect on its mock chain. `npm run
 * fuzz -- --for 10m --seed 1` does the same for longer; what it finds is kept in `cases`, and played here first.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TARGETS } from './all.targets.js';
import { readFuzzCases, showFuzzCase } from './fuzz-cases.js';
import { FuzzBench } from './fuzz-bench.js';
import { wireInputs } from './wire-input.js';

const MIB = 1024 ** 2;

/** Milliseconds for each endpoint. */
const FOR_MS = Number(process.env.SLUICE_FUZZ_MS ?? 3000);
/** A fixed one, and one that is another each time. */
const SEEDS =
  process.env.SLUICE_FUZZ_SEED === undefined
    ? [4711, Math.floor(Math.random() * 2 ** 31)]
    : [Number(process.env.SLUICE_FUZZ_SEED)];

describe.each(TARGETS)('$name', (target) => {
  it('serves what it once served wrongly', async () => {
    await using bench = await FuzzBench.start(target);
    for (const input of readFuzzCases(target.name)) await bench.play(input);
    await bench.check();
  });

  it.each(SEEDS)(
    'serves others whatever a client sends, of seed %d',
    async (seed) => {
      await using bench = await FuzzBench.start(target);
      const inputs = wireInputs(bench.examples);
      const tried = await tryFor(FOR_MS / SEEDS.length / 4, seed, inputs, bench);
      const warm = bench.heap();
      const more = await tryFor((FOR_MS / SEEDS.length) * 0.75, seed + 1, inputs, bench);
      await bench.check();
      const grown = bench.heap() - warm;
      console.log(
        `${target.name}, seed ${seed}: ${tried + more} connections, ${bench.writes} writes, ${(grown / MIB).toFixed(1)} MiB more`,
      );
      expect(grown).toBeLessThan(64 * MIB);
    },
    FOR_MS + 120_000,
  );
});

/** @returns how many connections were tried. */
async function tryFor(
  ms: number,
  seed: number,
  inputs: ReturnType<typeof wireInputs>,
  bench: FuzzBench,
): Promise<number> {
  const before = bench.inputs;
  await fc.assert(
    fc.asyncProperty(inputs, (input) => bench.play(input)),
    {
      seed,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: ms,
      markInterruptAsFailure: false,
      reporter: (details) => {
        if (details.failed && details.counterexample !== null) {
          const [input] = details.counterexample;
          throw new Error(
            `${bench.target.name}: seed ${seed}, run ${details.numRuns}, input ${showFuzzCase(input)}`,
            { cause: details.errorInstance },
          );
        }
      },
    },
  );
  return bench.inputs - before;
}
