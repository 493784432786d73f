import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file's path in the repository, with slashes. */
export function repositoryPath(file: string): string {
  return relative(root, file).replaceAll(sep, '/');
}
