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

/** Files beside the pages that are copied to the site, by the beginning of their path. */
const COPIED = /^docs\/(grafana|images)\//;

/** The page of a document, without `.md`; undefined if it has none. */
export function pageOf(file: string): string | undefined {
  for (const [place, page] of PLACES) {
    if (place.test(file)) return file.replace(place, page);
  }
  // What lies in the root is written in capitals: CHANGELOG.md.
  return /^[A-Z]+\.md$/.test(file) ? `project/${file.slice(0, -3).toLowerCase()}` : undefined;
}

/**
 * Where a link in a document leads on the site.
 *
 * @param href as written: relative to the document, or elsewhere.
 * @param from path of the document in the repository.
 * @throws Error if the target is in the repository, but not on the site.
 */
export function siteAddress(href: string, from: string): string {
  if (/^([a-z][\w+.-]*:|\/|#)/i.test(href)) return href;
  const [path = '', fragment] = href.split('#', 2);
  const target = posix.join(posix.dirname(from), decodeURI(path));
  const hash = fragment === undefined ? '' : `#${fragment}`;
  const page = pageOf(target);
  if (page !== undefined) return `/${page.replace(/(^|\/)index$/, '$1')}${hash}`;
  if (COPIED.test(target)) return `/${target.slice('docs/'.length)}${hash}`;
  throw new Error(`${from} links to ${target}, which is not on the site`);
}
