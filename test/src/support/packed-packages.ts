/** Every publishable package as `npm pack` makes it, unpacked where a consumer would have it. */
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** A packed package. */
export interface PackedPackage {
  readonly name: string;
  /** Folder in the repository. */
  readonly folder: string;
  readonly tarball: string;
  /** Paths in the tarball. */
  readonly files: readonly string[];
  /** What it can be imported as: the name, and its sub-paths but `package.json`. */
  readonly entryPoints: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

interface PackReport {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** A folder with the packed packages, and everything else that is installed in the workspace, in `node_modules`. */
export class Consumer {
  private constructor(
    readonly folder: string,
    readonly packages: readonly PackedPackage[],
  ) {}

  /** Packs and unpacks; needs no network. */
  static async create(): Promise<Consumer> {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-consumer-'));
    const names = readdirSync(join(ROOT, 'packages'));
    const packages = await Promise.all(names.map((name) => pack(`packages/${name}`, folder)));
    linkOthers(join(folder, 'node_modules'));
    for (const { name, tarball } of packages) {
      const target = join(folder, 'node_modules', name);
      mkdirSync(target, { recursive: true });
      await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
    }
    writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "type": "module" }');
    return new Consumer(folder, packages);
  }

  /** Writes a file of the consumer's own. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Runs plain Node in the folder. @returns what it printed. @throws with its errors if it fails. */
  async node(...args: readonly string[]): Promise<string> {
    const env = { ...process.env, NODE_OPTIONS: '' };
    return (await run(process.execPath, [...args], { cwd: this.folder, env })).stdout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

async function pack(path: string, destination: string): Promise<PackedPackage> {
  const folder = join(ROOT, path);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const args = ['pack', '--json', '--offline', '--pack-destination', destination];
  const { stdout } = await run('npm', args, { cwd: folder });
  const [report] = JSON.parse(stdout) as PackReport[];
  if (report === undefined) throw new Error(`npm pack said nothing of ${path}`);
  return {
    name: manifest.name,
    folder,
    tarball: join(destination, report.filename),
    files: report.files.map((file) => file.path),
    entryPoints: Object.keys(manifest.exports)
      .filter((key) => key !== './package.json')
      .map((key) => manifest.name + key.slice(1)),
  };
}

/** Links everything in the workspace's `node_modules` but the workspace's own packages. */
function linkOthers(target: string): void {
  mkdirSync(target);
  const source = join(ROOT, 'node_modules');
  for (const name of readdirSync(source)) {
    if (name.startsWith('.') || name === '@sluice') continue;
    symlinkSync(join(source, name), join(target, name));
  }
}
