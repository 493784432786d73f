import type { BannerSection, DialectCard } from './dialects/sample-dialect.js';

const LABEL_WIDTH = 14;

/**
 * What the person who starts the sample sees.
 *
 * @param pages URLs of the pages that show it all, by what they are.
 */
export function banner(
  cards: readonly DialectCard[],
  pages: Readonly<Record<string, string>>,
): string {
  return [
    '',
    '  Sluice sample',
    '',
    ...Object.entries(pages).map(([name, url]) => `  ${name}: ${url}`),
    ...cards.flatMap(({ sections }) => sections.flatMap(sectionLines)),
    '',
    '  Try',
    ...cards.flatMap(({ examples }) => examples.map((example) => `    ${example}`)),
    '',
    '  --help shows the flags, Ctrl-C stops.',
    '',
  ].join('\n');
}

function sectionLines({ title, lines }: BannerSection): string[] {
  return [
    '',
    `  ${title}`,
    ...lines.map(([label, text]) => `    ${label.padEnd(LABEL_WIDTH)} ${text}`),
  ];
}
