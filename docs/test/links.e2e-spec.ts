/** Links of every document: to files, and to headings, as GitHub and the site name them. */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { headingsOf, proseLines } from '../site/markdown-sections.js';
import { root } from '../site/repository.js';
import { documents, type Document } from './support/documents.js';

const LINK =
  /\]\(\s*<?([^)>\s]+)>?(?:\s+"[^"]*")?\s*\)|<(?:img|source|a)\b[^>]*?\b(?:src|srcset|href)="([^"]+)"/g;

/** Targets of a document's links and images, with the lines they are on. */
function linksOf({ text }: Document): { href: string; line: number }[] {
  return proseLines(text).flatMap(({ line, at }) =>
    [...line.replace(/`[^`]*`/g, '').matchAll(LINK)].map(([, link, source]) => ({
      href: link ?? source ?? '',
      line: at + 1,
    })),
  );
}

/** Why a link of a document leads nowhere; undefined if it does not. */
function faultOf(href: string, { file, text }: Document): string | undefined {
  if (/^([a-z][\w+.-]*:|\/\/)/i.test(href)) return undefined;
  const [path = '', fragment] = href.split('#', 2);
  const target = path === '' ? file : posix.join(posix.dirname(file), decodeURI(path));
  if (target !== file && !existsSync(join(root, target))) return `there is no ${target}`;
  if (fragment === undefined || !target.endsWith('.md')) return undefined;
  const markdown = target === file ? text : readFileSync(join(root, target), 'utf8');
  const isThere = headingsOf(markdown).some(({ slug }) => slug === decodeURI(fragment));
  return isThere ? undefined : `${target} has no heading #${fragment}`;
}

const faultsOf = (document: Document): string[] =>
  linksOf(document).flatMap(({ href, line }) => {
    const fault = faultOf(href, document);
    return fault === undefined ? [] : [`${document.file}:${String(line)} ${href}: ${fault}`];
  });

describe('links of documents', () => {
  // The home page of the site names pages, not files; the test of the built site follows it.
  const written = documents().filter(({ file }) => file !== 'docs/index.md');

  it('lead somewhere', () => {
    expect(written.flatMap(linksOf).length).toBeGreaterThan(100);
    expect(written.flatMap(faultsOf)).toEqual([]);
  });

  it('would be found dead', () => {
    const text =
      '# A\n\n[x](nowhere.md) [y](#b) [z](../README.md#nothing) [fine](#a) `[code](gone)`\n';
    expect(faultsOf({ file: 'docs/some.md', text })).toHaveLength(3);
  });
});
