import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../site/repository.js';

/** A Markdown file of the repository. */
export interface Document {
  /** Path in the repository. */
  readonly file: string;
  readonly text: string;
}

const SKIPPED = new Set(
  ['node_modules', 'dist', 'out-tsc', 'coverage', 'test-results'].concat('templates', 'vectors'),
);

/** Every README, PROTOCOL and page: what readers see on GitHub, on npm or on the site. */
export function documents(): Document[] {
  return markdownIn('').map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return markdownIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
