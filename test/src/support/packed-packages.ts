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
import { dirname, join } from 'node:path';
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

/** The major versions of Nest that consumers are made with. */
export type NestMajor = 11 | 12;

/** Where each of them is installed. */
const NEST: Readonly<Record<NestMajor, string>> = { 11: 'consumers/nest-11', 12: '.' };

/** Tarballs of the publishable packages, in a folder of their own. */
export class PackedPackages {
  private constructor(
    private readonly folder: string,
    readonly all: readonly PackedPackage[],
  ) {}

  /**
   * Packs them; needs no network.
   * @param names folders below `packages/`; default all.
   */
  static async create(names = readdirSync(join(ROOT, 'packages'))): Promise<PackedPackages> {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-packed-'));
    return new PackedPackages(
      folder,
      await Promise.all(names.map((name) => pack(`packages/${name}`, folder))),
    );
  }

  /** @param name the package's folder below `packages/`. */
  of(name: string): PackedPackage {
    const found = this.all.find(({ folder }) => folder === join(ROOT, 'packages', name));
    if (found === undefined) throw new Error(`${name} was not packed`);
    return found;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A folder with packed packages, and everything else that is installed in the workspace, in `node_modules`. */
export class Consumer {
  private constructor(readonly folder: string) {}

  /** Unpacks the packages; needs no network. */
  static async create(packages: readonly PackedPackage[], nest: NestMajor = 12): Promise<Consumer> {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-consumer-'));
    linkOthers(join(folder, 'node_modules'), nest);
    for (const { name, tarball } of packages) {
      const target = join(folder, 'node_modules', name);
      mkdirSync(target, { recursive: true });
      await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
    }
    const consumer = new Consumer(folder);
    consumer.write('package.json', '{ "name": "consumer", "type": "module" }');
    return consumer;
  }

  /** Writes a file of the consumer's own. */
  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Text of one of its files. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Runs plain Node in the folder. @returns what it printed. @throws with its errors if it fails. */
  async node(...args: readonly string[]): Promise<string> {
    return this.nodeWith({}, ...args);
  }

  /** As `node`, with variables of the environment. */
  async nodeWith(
    variables: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<string> {
    const env = { ...process.env, NODE_OPTIONS: '', ...variables };
    return (await run(process.execPath, [...args], { cwd: this.folder, env })).stdout;
  }

  /** What the compiler says; nothing if all is well. */
  async diagnostics(tsconfig: object): Promise<string> {
    this.write('tsconfig.json', JSON.stringify(tsconfig));
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    return this.node(compiler, '-p', 'tsconfig.json', '--pretty', 'false').catch(
      (failure: Error & { stdout: string }) => failure.stdout || failure.message,
    );
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

/** Links everything in the workspace's `node_modules` but its own packages, and Nest in the version that is asked for. */
function linkOthers(target: string, nest: NestMajor): void {
  mkdirSync(target);
  const source = join(ROOT, 'node_modules');
  for (const name of readdirSync(source)) {
    if (name.startsWith('.') || name === '@sluice' || name === '@nestjs') continue;
    symlinkSync(join(source, name), join(target, name));
  }
  symlinkSync(join(ROOT, NEST[nest], 'node_modules/@nestjs'), join(target, '@nestjs'));
}
