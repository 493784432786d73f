/** The built command with tiny numbers: that everything arrives and is reported, never how fast. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RawData } from '../src/report/report.js';
import type { ScenarioResult } from '../src/run/run-scenario.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Every scenario is measured once, and on a machine that has other things to do. */
const PATIENCE_MS = 600_000;

interface End {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

function bench(...args: string[]): Promise<End> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

const SCENARIOS = [
  'fan-out',
  'latency',
  'stalled',
  'filter-index',
  'nano-filters',
  'basalt-announce',
  'replay',
  'replay-live',
  'history',
  'commands',
  'connections',
  'memory',
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('bench', () => {
  it('--list names the scenarios in their order', async () => {
    const { code, stdout } = await bench('--list');
    expect(code).toBe(0);
    expect(Array.from(stdout.matchAll(/^([a-z-]+): ./gm), ([, name]) => name)).toEqual(SCENARIOS);
  });

  it('an argument that it does not know is refused with exit code 2', async () => {
    const end = await bench('no-such');
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toMatch(/no-such.*\nTry --help\.\n$/);
  });

  it(
    'every scenario runs against Sluice and ws, and what it should measure is there',
    async () => {
      const raw = join(folder, 'raw.json');
      const tiny = ['--quick', '--rounds', '1', '--seconds', '0.05', '--servers', 'ws'];
      const end = await bench(...tiny, '--json', raw);
      expect(end).toMatchObject({ code: 0, stderr: expect.not.stringContaining('Error') });
      const { results } = JSON.parse(readFileSync(raw, 'utf8')) as RawData;
      expect(results.map(({ name }) => name)).toEqual(SCENARIOS);
      for (const result of results) {
        expect(end.stdout).toContain(`## ${result.name}\n`);
        expect({ scenario: result.name, gaps: gapsOf(result) }).toMatchObject({ gaps: [] });
      }

      const report = join(folder, 'report.md');
      const again = await bench('--from', raw, '--markdown', report);
      expect(again).toMatchObject({ code: 0 });
      const text = readFileSync(report, 'utf8');
      for (const name of SCENARIOS) expect(text).toContain(`\n## ${name}\n`);
      expect(text).toContain('(report.svg)');
      expect(readFileSync(join(folder, 'report.svg'), 'utf8')).toMatch(/^<svg /);
    },
    PATIENCE_MS,
  );
});

/** Figures of a scenario that are no numbers. */
function gapsOf({ cases, figures }: ScenarioResult): string[] {
  return cases.flatMap(({ label, subjects }) =>
    subjects.flatMap(({ name, samples }) =>
      figures
        .filter(({ key }) => samples.length === 0 || samples.some((s) => !Number.isFinite(s[key])))
        .map(({ key }) => `${label}, ${name}: ${key}`),
    ),
  );
}
