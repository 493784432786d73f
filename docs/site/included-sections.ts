/**
 * `<!-- section -->` above a paragraph that is a link to a section of another document: on the site the section itself
 * stands there, on GitHub the link.
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { sectionOf } from './markdown-sections.js';
import { documentPath, type DocumentEnv } from './repository-links.js';
import { root } from './repository.js';

const SECTION = /^<!-- section -->\n\n\[[^\]]+\]\(([^)\s#]+)#([^)\s]+)\)$/gm;
const RELATIVE_LINK = /\]\((?![a-z][\w+.-]*:|\/)([^)]+)\)/gi;

/** A document with the sections of others in their places, and their links as seen from here. */
function withSections(markdown: string, from: string): string {
  const folder = posix.dirname(from);
  return markdown.replace(SECTION, (_, path: string, slug: string) => {
    const file = posix.join(folder, path);
    const section = sectionOf(readFileSync(join(root, file), 'utf8'), slug);
    return section.replace(RELATIVE_LINK, (_link, target: string) => {
      const whole = target.startsWith('#')
        ? file + target
        : posix.join(posix.dirname(file), target);
      return `](${posix.relative(folder, whole)})`;
    });
  });
}

export function includedSections(md: MarkdownRenderer): void {
  md.core.ruler.before('normalize', 'included-sections', (state) => {
    state.src = withSections(state.src, documentPath(state.env as DocumentEnv));
  });
}
