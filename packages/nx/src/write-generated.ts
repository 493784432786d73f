/** From the files of a template to those of the package they become part of. */
import { addDependencies } from './add-dependencies.js';
import {
  consumerPackage,
  testRunnerOf,
  type ConsumerPackage,
  type UnitTestRunner,
} from './consumer-package.js';
import type { FileTree } from './file-tree.js';
import type { GeneratorOptions } from './generator.options.js';
import { GeneratorError } from './generator.error.js';
import type { GeneratedFile } from './template.js';

const RUNNERS: readonly string[] = ['jest', 'vitest', 'none'] satisfies UnitTestRunner[];

/** What a generator has done. */
export interface Generated {
  /** Files from the workspace's root. */
  readonly files: readonly string[];
  /** Packages that were added to `package.json` and have to be installed. */
  readonly added: readonly string[];
}

/**
 * Writes all files or none.
 *
 * @param folder from the workspace's root.
 * @throws GeneratorError if a file is there already, unless told to overwrite it.
 */
export function writeGenerated(
  tree: FileTree,
  folder: string,
  files: readonly GeneratedFile[],
  options: GeneratorOptions,
): Generated {
  const own = files.find(({ path }) => path === 'package.json');
  const consumer = own === undefined ? consumerPackage(tree, folder) : packageOf(own);
  const runner =
    options.spec === false ? 'none' : (options.unitTestRunner ?? testRunnerOf(tree, consumer));
  if (!RUNNERS.includes(runner)) {
    throw new GeneratorError(`unitTestRunner is one of ${RUNNERS.join(', ')}; not '${runner}'`);
  }
  const suffix = `.${options.specFileSuffix ?? 'spec'}.ts`;
  const adapted = files
    .filter(({ path }) => runner !== 'none' || !path.endsWith('.spec.ts'))
    .map(({ path, content }) => ({
      path: [folder, path.replace(/\.spec\.ts$/, suffix)].filter(Boolean).join('/'),
      content: path.endsWith('.ts') ? adapt(content, consumer, runner) : content,
    }));
  refuseExisting(tree, adapted, options);
  for (const { path, content } of adapted) tree.write(path, content);
  const added =
    own !== undefined || options.addDependencies === false
      ? []
      : addDependencies(tree, consumer, runner !== 'none');
  return { files: adapted.map(({ path }) => path), added };
}

function packageOf({ path, content }: GeneratedFile): ConsumerPackage {
  return { path, manifest: JSON.parse(content) as ConsumerPackage['manifest'] };
}

/** CommonJS packages have tools that do not find `x.ts` for `./x.js`. */
function adapt(content: string, { manifest }: ConsumerPackage, runner: string): string {
  const tested = runner === 'vitest' ? content.replace("'@jest/globals'", "'vitest'") : content;
  if (manifest.type === 'module') return tested;
  return tested.replace(/(from '\.{1,2}\/[^']+)\.js'/g, "$1'");
}

function refuseExisting(
  tree: FileTree,
  files: readonly GeneratedFile[],
  { force = false, overwrite = false }: GeneratorOptions,
): void {
  const existing = files.map(({ path }) => path).filter((path) => tree.exists(path));
  if (existing.length === 0 || force || overwrite) return;
  throw new GeneratorError(`Already there: ${existing.join(', ')}; --overwrite replaces them`);
}
