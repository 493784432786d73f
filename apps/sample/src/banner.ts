import type { BannerSection, DialectCard } from './dialects/sample-dialect.js';

const LABEL_WIDTH = 14;

/**
 * What the person who starts the sample sees.
 *
 * @param inspector URL of the page that shows it all.
 */
export function banner(cards: readonly DialectCard[], inspector: string): string {
  return [
    '',
    '  Sluice sample',
    '',
    `  Inspector: ${inspector}`,
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
