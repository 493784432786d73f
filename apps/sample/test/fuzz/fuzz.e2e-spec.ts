/**
 * Everything that clients can send, made from what they should: each endpoint of each dialect on its mock chain. `npm run
 * fuzz -- --for 10m --seed 1` does the same for longer; what it finds is kept in `cases`, and played here first.
 */
import { expect, it } from '@jest/globals';
import { wireInputs } from '@sluice/testing/hostile';
import fc from 'fast-check';
import { TARGETS } from './all.targets.js';
import { readFuzzCases, showFuzzCase } from './fuzz-cases.js';
import { FuzzBench } from './fuzz-bench.js';

const MIB = 1024 ** 2;

/** Milliseconds for each endpoint. */
const FOR_MS = Number(process.env.SLUICE_FUZZ_MS ?? 2000);
/** A fixed one, and one that is another each time. */
const SEEDS =
  process.env.SLUICE_FUZZ_SEED === undefined
    ? [4711, Math.floor(Math.random() * 2 ** 31)]
    : [Number(process.env.SLUICE_FUZZ_SEED)];

it.each(TARGETS)(
  '$name serves others whatever a client sends',
  async (target) => {
    await using bench = await FuzzBench.start(target);
    for (const input of readFuzzCases(target.name)) await bench.play(input);
    const inputs = wireInputs(bench.examples);
    const forMs = FOR_MS / SEEDS.length;
    let warm = 0;
    for (const seed of SEEDS) {
      await tryFor(forMs / 4, seed, inputs, bench);
      warm ||= bench.heap();
      await tryFor((forMs * 3) / 4, seed + 1, inputs, bench);
    }
    await bench.check();
    const grown = bench.heap() - warm;
    console.log(
      `${target.name}, seeds ${SEEDS.join()}: ${bench.inputs} connections, ${bench.writes} writes, ${(grown / MIB).toFixed(1)} MiB more`,
    );
    expect(grown).toBeLessThan(64 * MIB);
  },
  FOR_MS + 120_000,
);

async function tryFor(
  ms: number,
  seed: number,
  inputs: ReturnType<typeof wireInputs>,
  bench: FuzzBench,
): Promise<void> {
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
}
