/** The built command with tiny numbers: that everything arrives and is reported, never how fast. */
import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseResult, ScenarioResult } from '../src/run/run-scenario.js';

/** Two blocks 50 ms apart, one round. */
const TINY = ['--quick', '--rounds', '1', '--seconds', '0.1'];

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

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

/** Raw data of a quick run. */
async function measured(...scenarios: string[]): Promise<readonly ScenarioResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const json = join(folder, 'raw.json');
  try {
    const end = await bench(...scenarios, ...TINY, '--json', json);
    expect(end).toMatchObject({ code: 0 });
    for (const name of scenarios) expect(end.stdout).toContain(`## ${name}\n`);
    return (JSON.parse(readFileSync(json, 'utf8')) as { results: ScenarioResult[] }).results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const deliveries = ({ subjects }: CaseResult): (number | undefined)[][] =>
  subjects.map(({ samples }) => samples.map((sample) => sample.deliveries));

describe('bench', () => {
  it('--list names the scenarios in their order', async () => {
    const { code, stdout } = await bench('--list');
    expect(code).toBe(0);
    expect(Array.from(stdout.matchAll(/^([a-z-]+): ./gm), ([, name]) => name)).toEqual([
      'nano-filters',
      'basalt-announce',
      'fan-out',
      'replay',
      'connections',
    ]);
  });

  it('an argument that it does not know is refused with exit code 2', async () => {
    const end = await bench('no-such');
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toMatch(/no-such.*\nTry --help\.\n$/);
  });

  it('every event reaches every client that it concerns, on every server', async () => {
    const [filters, blocks] = await measured('nano-filters', 'basalt-announce');
    expect(blocks?.cases.map(deliveries)).toEqual([[[2 * 30], [2 * 30]]]);
    // Confirmations go to two clients each, and how many fit into the time differs.
    const confirmations = filters?.cases.flatMap(deliveries).flat() ?? [];
    expect(confirmations.map((count) => count !== undefined && count > 0 && count % 2)).toEqual([
      0, 0,
    ]);
    for (const { figures, cases } of [filters, blocks].flatMap((result) => result ?? [])) {
      const samples = cases.flatMap(({ subjects }) =>
        subjects.flatMap((subject) => subject.samples),
      );
      expect(samples).toHaveLength(2);
      for (const sample of samples) {
        for (const { key } of figures) expect(sample[key]).toBeGreaterThan(0);
      }
    }
  });
});
