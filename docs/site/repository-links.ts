import type { MarkdownRenderer } from 'vitepress';
import { siteAddress } from './site-map.js';
import { repositoryPath } from './repository.js';

/** What VitePress tells of the document that is rendered; the search index leaves `realPath` out. */
export interface DocumentEnv {
  readonly path: string;
  readonly realPath?: string;
}

/** Path of the document in the repository. */
export function documentPath({ path, realPath }: DocumentEnv): string {
  return repositoryPath(realPath ?? path);
}

/** Documents link to each other by file, as GitHub and npm want it; on the site these links lead to pages. */
export function repositoryLinks(md: MarkdownRenderer): void {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    const from = documentPath(env as DocumentEnv);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' && token.attrGet('href');
      if (typeof href === 'string') token.attrSet('href', siteAddress(href, from));
    }
  });
}
