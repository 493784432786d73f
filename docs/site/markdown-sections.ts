import { headingSlug } from './heading-slug.js';

const FENCE = /^ *(```|~~~)/;

/** Lines outside code blocks, with their places. */
export function proseLines(markdown: string): { line: string; at: number }[] {
  let fenced = false;
  return markdown.split('\n').flatMap((line, at) => {
    const isFence = FENCE.test(line);
    if (isFence) fenced = !fenced;
    return fenced || isFence ? [] : [{ line, at }];
  });
}

/** A heading of a document. */
export interface Heading {
  readonly level: number;
  readonly slug: string;
  /** Number of its line, from 0. */
  readonly at: number;
}

/** Headings in order; repeated ones are told apart as GitHub does it. */
export function headingsOf(markdown: string): Heading[] {
  const seen = new Map<string, number>();
  return proseLines(markdown).flatMap(({ line, at }) => {
    const [, marks, text] = /^(#{1,6}) +(.+?) *#*$/.exec(line) ?? [];
    if (marks === undefined || text === undefined) return [];
    const base = headingSlug(text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    const times = seen.get(base) ?? 0;
    seen.set(base, times + 1);
    return [{ level: marks.length, slug: times === 0 ? base : `${base}-${String(times)}`, at }];
  });
}

/**
 * What stands below a heading, up to the next one of its level or above.
 *
 * @throws Error if the document has no such heading.
 */
export function sectionOf(markdown: string, slug: string): string {
  const headings = headingsOf(markdown);
  const heading = headings.find((each) => each.slug === slug);
  if (heading === undefined) throw new Error(`There is no heading #${slug}`);
  const end = headings.find(({ at, level }) => at > heading.at && level <= heading.level);
  return markdown
    .split('\n')
    .slice(heading.at + 1, end?.at)
    .join('\n')
    .trim();
}
