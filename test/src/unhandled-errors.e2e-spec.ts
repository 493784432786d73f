/** Whoever forgets a promise fails the run: the other tests rely on it, so it is tested with the same settings. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');
const JEST = createRequire(import.meta.url).resolve('jest/bin/jest');

const SOON = 'await new Promise((resolve) => setTimeout(resolve, 100));';
const FORGOTTEN = `void Promise.reject(new Error('forgotten'));`;
const CALLER = `test('fine', async () => { ${SOON} });`;

/** Specs by what goes wrong in them; none fails by what it expects. */
const SPECS: Readonly<Record<string, string>> = {
  'nothing wrong': CALLER,
  'a rejection in a test': `test('fine', async () => { ${FORGOTTEN} ${SOON} });`,
  'a rejection at the end of the last test': `test('fine', () => { ${FORGOTTEN} });`,
  'a rejection after its test': `test('a', () => { setTimeout(() => { ${FORGOTTEN} }, 10); }); ${CALLER}`,
  'an exception after its test': `test('a', () => { setTimeout(() => { throw new Error(); }, 10); }); ${CALLER}`,
  'a rejection of what beforeAll has begun': `beforeAll(() => { setTimeout(() => { ${FORGOTTEN} }, 10); }); ${CALLER}`,
  'a rejection in afterAll': `afterAll(async () => { ${FORGOTTEN} ${SOON} }); ${CALLER}`,
  'a rejection of the module': `${FORGOTTEN} ${SOON} ${CALLER}`,
};

interface Report {
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

describe('a test run in which there is', () => {
  let folder: string;
  let report: Report;

  beforeAll(async () => {
    await mkdir(join(ROOT, 'test-results'), { recursive: true });
    folder = await mkdtemp(join(ROOT, 'test-results/unhandled-'));
    await Promise.all(
      Object.values(SPECS).map((text, index) =>
        writeFile(join(folder, `${index}.spec.ts`), `${text}\nexport {};\n`),
      ),
    );
    const config = `import preset from '../../jest.preset.mjs';
export default { ...preset, testMatch: ['<rootDir>/*.spec.ts'], maxWorkers: 1 };`;
    await writeFile(join(folder, 'jest.config.mjs'), config);
    const output = join(folder, 'report.json');
    const args = [JEST, '--rootDir', folder, '--config', join(folder, 'jest.config.mjs')];
    // It ends with the exit code 1, as most of the specs fail.
    await promisify(execFile)(process.execPath, [
      ...args,
      '--json',
      `--outputFile=${output}`,
    ]).catch(() => undefined);
    report = JSON.parse(await readFile(output, 'utf8')) as Report;
  });
  afterAll(() => rm(folder, { recursive: true }));

  const verdict = (index: number): string | undefined =>
    report.testResults.find(({ name }) => basename(name) === `${index}.spec.ts`)?.status;

  it('nothing wrong passes', () => {
    expect(verdict(0)).toBe('passed');
  });

  it.each(
    Object.keys(SPECS)
      .map((name, index) => [name, index] as const)
      .slice(1),
  )('%s fails', (_, index) => {
    expect(verdict(index)).toBe('failed');
  });
});
