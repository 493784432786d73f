/** The sample, judged by the conformance suites of all five dialects. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { DIALECTS, type ConformanceReport } from '@sluice/conformance';
import { judge } from './support/conformance-run.js';
import { SamplePool } from './support/sample-pool.js';

const samples = new SamplePool();
afterEach(() => samples.endAll());

/** What no run here can see: the other reading, what needs half a minute, and what only a stress run does. */
const EXPECTED = [
  /^holds for compat (?:node|published) only$/,
  /^takes 30 s/,
  /option stress only$/,
];

function surprises({ results }: ConformanceReport): unknown[] {
  return results.filter(({ outcome, why = '' }) => {
    const isExpected = EXPECTED.some((reason) => reason.test(why));
    return outcome === 'fail' || (outcome === 'skipped' && !isExpected);
  });
}

describe('the sample', () => {
  it.each([
    ['published', []],
    ['node', ['--ws']],
  ] as const)('keeps every rule that can be seen, in compat %s', async (compat, flags) => {
    const sample = await samples.start(['--log', 'memory', '--compat', compat, ...flags]);
    for (const dialect of DIALECTS) {
      const report = await judge(sample, dialect, { compat });
      // In published mode nothing tells of genesis.
      const found = surprises(report).filter(
        (result) => compat === 'node' || (result as { ref: string }).ref !== 'basalt §14.2',
      );
      expect([dialect, found]).toEqual([dialect, []]);
      expect([report.failed, report.unreachable]).toEqual([0, undefined]);
      expect(report.passed).toBeGreaterThan(25);
    }
  });

  it('is judged without a driver, by what happens on its chains by themselves', async () => {
    const sample = await samples.start(['--log', 'memory', '--pace', '100ms']);
    for (const dialect of DIALECTS) {
      const report = await judge(sample, dialect, { driven: false });
      const failed = report.results.filter(({ outcome }) => outcome === 'fail');
      expect([dialect, failed]).toEqual([dialect, []]);
      const waited = report.results.filter(({ why = '' }) => /^no .* came within/.test(why));
      expect([dialect, waited]).toEqual([dialect, []]);
    }
  });

  it('runs on while it is judged, and is left as it was', async () => {
    const sample = await samples.start(['--log', 'memory', '--only', 'basalt', '--pace', '50ms']);
    const report = await judge(sample, 'basalt', { only: ['§14.3'] });
    expect(report).toMatchObject({ passed: 1, failed: 0 });
    const { control } = sample.printed.basalt as { control: string };
    expect(await (await fetch(control)).json()).toMatchObject({ paused: false });
  });
});
