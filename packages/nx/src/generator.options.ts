import { GeneratorError } from './generator.error.js';
import type { UnitTestRunner } from './consumer-package.js';

/** Options of all generators; those of the Nest command line mean what they mean there. */
export interface GeneratorOptions {
  /** Any spelling; what is before the last slash is a folder. */
  readonly name: string;
  /** Folder in which that of the generated code is made, from the workspace's root, or from `sourceRoot`. Default `src`. */
  readonly path?: string;
  /** Folder of the sources; the Nest command line gives it. Default: the workspace's root. */
  readonly sourceRoot?: string;
  /** Whether files are put into `path` itself; default false. */
  readonly flat?: boolean;
  /** Whether tests are generated; default true. */
  readonly spec?: boolean;
  /** What is between a test's name and `.ts`; default `spec`. */
  readonly specFileSuffix?: string;
  /** Default: that of the nearest `package.json`, then of the workspace's, then `jest`. */
  readonly unitTestRunner?: UnitTestRunner;
  /** Whether what is missing is added to `package.json`; default true. */
  readonly addDependencies?: boolean;
  /** Whether files that are there may be overwritten; default false. */
  readonly force?: boolean;
  /** As `force`, for tools that keep that flag to themselves. */
  readonly overwrite?: boolean;
  /** The Nest command line gives it; only `ts` can be generated. */
  readonly language?: string;
}

/** Where a generator writes, and what it is asked to write. */
export interface Target {
  /** The last part of the name. */
  readonly name: string;
  /** Folder of the generated code without a name of its own, from the workspace's root; empty: the root itself. */
  readonly folder: string;
}

/**
 * @param defaultPath where `path` and `sourceRoot` are not given.
 * @throws GeneratorError if an option cannot be used.
 */
export function targetOf(options: GeneratorOptions, defaultPath: string): Target {
  const { language = 'ts', sourceRoot, path, specFileSuffix = 'spec' } = options;
  if (language !== 'ts') throw new GeneratorError(`There are no templates in ${language}`);
  if (!/^[\w-]+$/.test(specFileSuffix)) {
    throw new GeneratorError(`'${specFileSuffix}' is no suffix of a file's name`);
  }
  const parts = options.name.split('/');
  const name = parts.pop() ?? '';
  const base = path ?? (sourceRoot ? '' : defaultPath);
  const folder = [...segments(sourceRoot ?? ''), ...segments(base), ...segments(parts.join('/'))];
  return { name, folder: folder.join('/') };
}

/** Folders of a path; none may lead out of the workspace. */
function segments(path: string): readonly string[] {
  if (/^([/\\]|[a-z]:)/i.test(path)) {
    throw new GeneratorError(`'${path}' is not below the workspace's root`);
  }
  const found = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  if (found.includes('..')) throw new GeneratorError(`'${path}' leads out of its folder`);
  return found;
}
