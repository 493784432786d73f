/** A release as docs/releasing.md describes it, up to the point where something would leave the machine. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RepositoryCopy } from './support/repository-copy.js';

const NX = 'node_modules/nx/dist/bin/nx.js';
const VERSION = '47.11.0';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
}

let copy: RepositoryCopy;
let manifests: readonly Manifest[];

beforeAll(async () => {
  copy = await RepositoryCopy.create();
  manifests = readdirSync(join(copy.folder, 'packages')).map(
    (name) =>
      JSON.parse(
        readFileSync(join(copy.folder, 'packages', name, 'package.json'), 'utf8'),
      ) as Manifest,
  );
});
afterAll(() => {
  copy.remove();
});

describe('a release', () => {
  it('tried out ends well, names every package with the new version, and changes nothing', async () => {
    const { code, stdout, stderr } = await copy.node(
      NX,
      'release',
      VERSION,
      '--dry-run',
      '--first-release',
      '--skip-publish',
    );
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    const bumped = Array.from(
      stdout.matchAll(/^ +"name": "([^"]+)",\n-.*\n\+ +"version": "47\.11\.0"/gm),
      ([, name]) => name,
    );
    const publishable = manifests.filter((manifest) => manifest.private !== true);
    expect(bumped).toEqual(expect.arrayContaining(publishable.map(({ name }) => name)));
    expect(stdout).not.toMatch(/^\+ .*"@sluice\/[^"]+": "(?!47\.11\.0")/m);
    expect(await copy.git('status', '--short')).toBe('');
    expect(await copy.git('tag')).toBe('');
  });

  it('has a section in the changelog, below an empty one for what comes next', async () => {
    const before = copy.read('CHANGELOG.md');
    expect(await copy.node('scripts/changelog.mjs', VERSION)).toMatchObject({ code: 0 });
    const after = copy.read('CHANGELOG.md');
    expect(after).toMatch(
      /^# Changelog\n\n.*\n\n## Unreleased\n\n## 47\.11\.0 \(\d{4}-\d\d-\d\d\)\n\n/,
    );
    expect(after.replace(/^## 47\.11\.0 .*\n\n/m, '').replace('\n\n\n', '\n\n')).toBe(before);
    const again = await copy.node('scripts/changelog.mjs', '47.12.0');
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('says nothing') });
  });

  it('is written about from the commits since the last one, by area', async () => {
    await copy.git('tag', 'v0.0.1');
    await copy.git('commit', '--allow-empty', '-m', 'engine, nestjs: sessions have names');
    await copy.git('commit', '--allow-empty', '-m', 'Merge something');
    const { stdout } = await copy.node('scripts/changelog.mjs');
    expect(stdout).toBe(
      '### engine\n\n- sessions have names\n\n### nestjs\n\n- sessions have names\n\n### other\n\n- Merge something\n',
    );
  });
});
