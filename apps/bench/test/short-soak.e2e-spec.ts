/** The short form of `npm run soak`: the built command, all dialects and behaviours, the same verdicts. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SoakResult } from '../src/soak/run/soak-result.js';

const MAIN = fileURLToPath(new URL('../dist/soak/main.js', import.meta.url));
const PATIENCE_MS = 300_000;

interface End {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

function soak(...args: string[]): Promise<End> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-soak-report-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it(
  'clients of all kinds get every event once, and the server is afterwards as it was before',
  async () => {
    const json = join(folder, 'soak.json');
    const page = join(folder, 'soak.md');
    const args = ['--for', '20s', '--clients', '63', '--seed', '7', '--report', json];
    const end = await soak(...args, '--report', page);
    const result = JSON.parse(readFileSync(json, 'utf8')) as SoakResult;
    expect({ ...end, accusations: result.accusations }).toMatchObject({ code: 0, accusations: [] });
    expect(result.verdicts.filter(({ passed }) => !passed)).toEqual([]);

    expect(result.endpoints.map(({ endpoint }) => endpoint)).toEqual([
      'hathor events',
      'hathor wallet',
      'hathor mining',
      'nano',
      'lighthouse',
      'bigchaindb',
      'basalt',
    ]);
    for (const { endpoint, clients, connections, messages, latency } of result.endpoints) {
      expect({ endpoint, clients }).toEqual({ endpoint, clients: 9 });
      // Flapping and hostile ones come again and again, and there was something to be told.
      expect(connections).toBeGreaterThan(clients);
      expect(messages).toBeGreaterThan(0);
      if (endpoint !== 'hathor mining') expect(latency?.count).toBeGreaterThan(0);
    }
    expect(readFileSync(page, 'utf8')).toContain('](soak.svg)');
    expect(readFileSync(join(folder, 'soak.svg'), 'utf8')).toMatch(/^<svg /);
  },
  PATIENCE_MS,
);

it('an option that it does not know is refused with exit code 2', async () => {
  const end = await soak('--faster');
  expect(end).toMatchObject({ code: 2, stdout: '' });
  expect(end.stderr).toMatch(/--faster.*\nTry --help\.\n$/s);
});
