import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { repositoryPath, root } from './repository.js';
import { targetOf } from './site-map.js';

/** What VitePress tells of the document that is rendered; the search index leaves `realPath` out. */
export interface DocumentEnv {
  readonly path: string;
  readonly realPath?: string;
}

/** Path of the document in the repository. */
export function documentPath({ path, realPath }: DocumentEnv): string {
  return repositoryPath(realPath ?? path);
}

/**
 * Documents link to each other by file, as GitHub and npm want it; on the site these links lead to pages.
 *
 * @param base where the site is served.
 * @param onFile hears of files of the repository that are linked and no pages; they are expected below `files/`.
 */
export function repositoryLinks(
  md: MarkdownRenderer,
  base: string,
  onFile: (file: string) => void,
): void {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    const from = documentPath(env as DocumentEnv);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' && token.attrGet('href');
      if (typeof href !== 'string') continue;
      const target = targetOf(href, from);
      if ('address' in target) {
        token.attrSet('href', target.address);
        continue;
      }
      if (!statSync(join(root, target.file), { throwIfNoEntry: false })?.isFile()) {
        throw new Error(`${from} links to ${target.file}, which is no file`);
      }
      onFile(target.file);
      token.attrSet('href', `${base}files/${target.file}`);
      // Left alone by VitePress, which takes names without an extension for pages.
      token.attrSet('target', '_self');
    }
  });
}
