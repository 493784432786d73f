/**
 * Runs `smoke.mjs` against a version of Nest: `node packages/nestjs/compat/run.mjs 11`. Needs built packages and the
 * registry, so it is no part of the tests.
 */
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = process.argv[2] ?? '11';
const nest = ['common', 'core', 'platform-express', 'platform-ws', 'websockets'];
const folder = await mkdtemp(join(tmpdir(), 'nest-compat-'));
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

try {
  const tarballs = ['engine', 'nestjs'].map((name) => {
    const cwd = fileURLToPath(new URL(`../../${name}`, import.meta.url));
    return run('npm', ['pack', '--silent', '--pack-destination', folder], cwd)
      .trim()
      .split('\n')
      .at(-1);
  });
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  await copyFile(new URL('smoke.mjs', import.meta.url), join(folder, 'smoke.mjs'));
  const packages = [
    ...nest.map((name) => `@nestjs/${name}@${version}`),
    ...tarballs.map((file) => `./${file}`),
  ];
  run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--silent', ...packages, 'reflect-metadata', 'rxjs'],
    folder,
  );
  console.log(`Nest ${version}: ${run('node', ['smoke.mjs'], folder).trim()}`);
} finally {
  await rm(folder, { recursive: true });
}
