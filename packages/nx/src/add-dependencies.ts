import { readFileSync } from 'node:fs';
import { dependenciesOf, type ConsumerPackage, type Manifest } from './consumer-package.js';
import type { FileTree } from './file-tree.js';

const { version: OWN_VERSION } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };
const SLUICE = `^${OWN_VERSION}`;

/**
 * Adds what generated code needs and its package does not name yet; nothing is installed.
 *
 * @param withTests whether tests were generated, too.
 * @returns the names that were added.
 */
export function addDependencies(
  tree: FileTree,
  { path, manifest }: ConsumerPackage,
  withTests: boolean,
): readonly string[] {
  if (path === undefined) return [];
  const present = dependenciesOf(manifest);
  const missing = (needed: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(needed).filter(([name]) => !(name in present)));
  const forUse = missing(neededToRun(present));
  const forTests = withTests ? missing(neededToTest) : {};
  const added = Object.keys({ ...forUse, ...forTests });
  if (added.length === 0) return added;
  const changed: Manifest = {
    ...manifest,
    dependencies: sorted({ ...manifest.dependencies, ...forUse }),
    devDependencies: sorted({ ...manifest.devDependencies, ...forTests }),
  };
  tree.write(path, `${JSON.stringify(changed, undefined, 2)}\n`);
  return added;
}

/** What generated code imports, and what that needs, in the versions that Sluice is tested with. */
export function neededToRun(
  present: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const nest = /\d+/.exec(present['@nestjs/core'] ?? present['@nestjs/common'] ?? '')?.[0];
  const ofNest = nest === '11' ? '^11.0.0' : '^12.0.0';
  return {
    '@nestjs/common': ofNest,
    '@nestjs/core': ofNest,
    '@nestjs/platform-ws': ofNest,
    '@nestjs/websockets': ofNest,
    '@sluice/engine': SLUICE,
    '@sluice/nestjs': SLUICE,
    'class-transformer': '^0.5.1',
    'class-validator': '^0.15.1',
    'reflect-metadata': '^0.2.2',
    rxjs: '^7.8.0',
  };
}

/** What generated tests need besides. */
export const neededToTest: Readonly<Record<string, string>> = { '@sluice/testing': SLUICE };

function sorted(dependencies: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)));
}
