import { runConformance } from '../src/index.js';

/** Judges a node in its place, without making anything happen there. @returns what is wrong with it, a line each. */
export async function faultsOf(url: string): Promise<readonly string[]> {
  const report = await runConformance({
    dialect: 'basalt',
    url,
    activityMs: 10_000,
    onResult: ({ outcome, ref, title }) => {
      console.log(`${outcome} ${ref} ${title}`);
    },
  });
  if (report.unreachable !== undefined) return [report.unreachable];
  return report.results
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ ref, expected, seen }) => `${ref}: expected ${expected}, seen ${seen}`);
}
