/** docs/dependencies.md against the packages and the lock file: nothing comes in unnoticed. */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

interface LockEntry {
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const root = new URL('../../', import.meta.url);
const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const readJson = (path: string): unknown => JSON.parse(readText(path));

const manifests = readdirSync(new URL('packages/', root))
  .filter((name) => existsSync(new URL(`packages/${name}/package.json`, root)))
  .map((folder) => ({
    ...(readJson(`packages/${folder}/package.json`) as Manifest),
    folder,
  }));

const lock = readJson('package-lock.json') as { packages: Readonly<Record<string, LockEntry>> };
const installed = Object.entries(lock.packages)
  .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
  .map(([path, entry]) => ({ ...entry, path, name: path.replace(/^.*node_modules\//, '') }));

const LICENCES = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'CC-BY-4.0',
];

/** Rows of the table under a heading: cells without their marks. */
function tableUnder(heading: string): string[][] {
  const [, section = ''] = readText('docs/dependencies.md').split(`## ${heading}\n`);
  return (section.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

/** What a package's licence is, also where it says so in the way of old. */
function licenceOf({ license, path }: { license?: string; path: string }): string {
  if (license !== undefined) return license;
  const file = ['LICENSE', 'LICENSE.md']
    .map((name) => new URL(`${path}/${name}`, root))
    .find((url) => existsSync(url));
  const text = file === undefined ? '' : readFileSync(file, 'utf8');
  return text.includes('Permission is hereby granted, free of charge') ? 'MIT' : 'unknown';
}

function isAllowed(licence: string): boolean {
  const choices = licence.replace(/[()]/g, '').split(/ or /i);
  return choices.some((choice) => choice.split(/ and /i).every((part) => LICENCES.includes(part)));
}

describe('docs/dependencies.md', () => {
  it('names every package that applications receive, and who needs it', () => {
    const needed = new Map<string, string[]>();
    for (const { folder, dependencies = {} } of manifests) {
      for (const name of Object.keys(dependencies)) {
        if (name.startsWith('@sluice/')) continue;
        needed.set(name, [...(needed.get(name) ?? []), folder]);
      }
    }
    const told = tableUnder('Of the packages').map(
      ([name = '', by = '']) => [name, by.split(', ').sort()] as const,
    );
    expect(new Map(told)).toEqual(new Map([...needed].map(([name, by]) => [name, by.sort()])));
  });

  it('gives a reason for each of them', () => {
    for (const [, , reason = ''] of tableUnder('Of the packages')) {
      expect(reason.length).toBeGreaterThan(10);
    }
  });

  it('lists the packages with an install script', () => {
    const scripted = installed.filter(({ hasInstallScript }) => hasInstallScript === true);
    expect(
      tableUnder('Install scripts')
        .map(([name]) => name)
        .sort(),
    ).toEqual([...new Set(scripted.map(({ name }) => name))].sort());
  });
});

it('every installed package has a licence that MIT software may be built on', () => {
  expect(installed.length).toBeGreaterThan(500);
  const refused = installed
    // What is for other systems is not installed here, and says its licence in the lock file.
    .map((entry) => `${entry.path}: ${licenceOf(entry)}`)
    .filter((line) => !isAllowed(line.slice(line.indexOf(': ') + 2)));
  expect(refused).toEqual([]);
});

it.each(manifests)('$name runs no script when it is installed', ({ scripts = {} }) => {
  expect(
    Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name)),
  ).toEqual([]);
});
