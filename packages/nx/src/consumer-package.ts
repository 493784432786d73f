/** The package that generated code becomes part of: how it writes imports, what tests it, what it depends on. */
import type { FileTree } from './file-tree.js';
import { GeneratorError } from './generator.error.js';

/** What is read of a `package.json`. */
export interface Manifest {
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface ConsumerPackage {
  /** Where its `package.json` is; undefined: there is none. */
  readonly path: string | undefined;
  readonly manifest: Manifest;
}

/** The nearest `package.json` above a folder. */
export function consumerPackage(tree: FileTree, folder: string): ConsumerPackage {
  const parts = folder.split('/');
  for (let length = parts.length; length >= 0; length--) {
    const path = [...parts.slice(0, length), 'package.json'].join('/');
    if (tree.exists(path)) return { path, manifest: readManifest(tree, path) };
  }
  return { path: undefined, manifest: {} };
}

/** Test runners that specs are written for. */
export type UnitTestRunner = 'jest' | 'vitest' | 'none';

/** The test runner that the nearest package has, otherwise the workspace's, otherwise Jest. */
export function testRunnerOf(tree: FileTree, { manifest }: ConsumerPackage): UnitTestRunner {
  const root = tree.exists('package.json') ? readManifest(tree, 'package.json') : {};
  const runner = [manifest, root]
    .map(dependenciesOf)
    .flatMap((names) => (['vitest', 'jest'] as const).filter((each) => each in names))
    .at(0);
  return runner ?? 'jest';
}

/** Everything that a package says it needs. */
export function dependenciesOf(manifest: Manifest): Readonly<Record<string, string>> {
  return { ...manifest.peerDependencies, ...manifest.devDependencies, ...manifest.dependencies };
}

function readManifest(tree: FileTree, path: string): Manifest {
  try {
    return JSON.parse(tree.read(path)?.toString() ?? '{}') as Manifest;
  } catch (error) {
    throw new GeneratorError(`${path} is not JSON`, { cause: error });
  }
}
