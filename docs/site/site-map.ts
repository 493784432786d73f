/** Where the repository's documents are on the site: the files stay where GitHub and npm show them. */
import { posix } from 'node:path';

/** A document's path in the repository, and its page's path without `.md`. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/^README\.md$/, 'index'],
  [/^docs\/([\w-]+(?:\/[\w-]+)*)\.md$/, '$1'],
  [/^packages\/([\w-]+)\/README\.md$/, 'packages/$1/index'],
  [/^packages\/([\w-]+)\/PROTOCOL\.md$/, 'packages/$1/protocol'],
  [/^apps\/([\w-]+)\/README\.md$/, 'apps/$1'],
];

/** The page of a document, without `.md`; undefined if it has none. */
export function pageOf(file: string): string | undefined {
  for (const [place, page] of PLACES) {
    if (place.test(file)) return file.replace(place, page);
  }
  // What lies in the root is written in capitals: CHANGELOG.md.
  return /^[A-Z]+\.md$/.test(file) ? `project/${file.slice(0, -3).toLowerCase()}` : undefined;
}

/** Where a link leads: to a page of the site, or to a file that has to be copied to it. */
export type Target = { readonly address: string } | { readonly file: string };

/**
 * Where a link in a document leads on the site.
 *
 * @param href as written: relative to the document, or elsewhere.
 * @param from path of the document in the repository.
 */
export function targetOf(href: string, from: string): Target {
  if (/^([a-z][\w+.-]*:|\/|#)/i.test(href)) return { address: href };
  const [path = '', fragment] = href.split('#', 2);
  const file = posix.join(posix.dirname(from), decodeURI(path));
  const page = pageOf(file);
  if (page === undefined) return { file };
  const hash = fragment === undefined ? '' : `#${fragment}`;
  return { address: `/${page.replace(/(^|\/)index$/, '$1')}${hash}` };
}
