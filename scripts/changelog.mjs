/**
 * The changelog of a release, see docs/releasing.md.
 *
 * `node scripts/changelog.mjs`          commits since the last release by area: what to write about
 * `node scripts/changelog.mjs 0.2.0`    makes what is unreleased that version's section; `--dry-run` prints it only
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'CHANGELOG.md';
const HEADING = '## Unreleased';

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** Subjects such as `engine: what changed`, by area; those of several areas stand in each of them. */
function commitsByArea() {
  const tag = git('tag', '--list', 'v*', '--sort=-version:refname').split('\n')[0];
  const range = tag === '' ? 'HEAD' : `${tag}..HEAD`;
  const areas = new Map();
  for (const subject of git('log', '--no-merges', '--format=%s', range)
    .split('\n')
    .filter(Boolean)) {
    const [, names, change] = /^([a-z\d-]+(?:, [a-z\d-]+)*): (.+)$/.exec(subject) ?? [];
    for (const area of names?.split(', ') ?? ['other']) {
      areas.set(area, [...(areas.get(area) ?? []), change ?? subject]);
    }
  }
  return Array.from(areas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([area, changes]) => `### ${area}\n\n${changes.map((each) => `- ${each}`).join('\n')}`)
    .join('\n\n');
}

/** The file with the unreleased section under the version's heading, and an empty one above it. */
function released(text, version, date) {
  const [before, rest] = text.split(`${HEADING}\n`);
  if (rest === undefined) throw new Error(`${FILE} has no section '${HEADING}'`);
  const [section = ''] = rest.split(/^## /m);
  if (section.trim() === '') throw new Error(`${FILE} says nothing about ${version} yet`);
  if (text.includes(`\n## ${version} `)) throw new Error(`${FILE} has ${version} already`);
  return `${before}${HEADING}\n\n## ${version} (${date})\n${rest}`;
}

const [version, flag] = process.argv.slice(2);
try {
  if (version === undefined) {
    console.log(commitsByArea());
  } else {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) throw new Error(`'${version}' is no version`);
    const today = new Date().toISOString().slice(0, 10);
    const changed = released(readFileSync(FILE, 'utf8'), version, today);
    if (flag === '--dry-run') console.log(changed);
    else writeFileSync(FILE, changed);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
