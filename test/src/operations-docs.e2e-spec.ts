/** docs/operations.md and the dashboard against what is counted: neither can name what is not there, or leave something out. */
import { describe, expect, it } from '@jest/globals';
import { engineMetrics, relayMetrics, type MetricDefinition } from '@sluice/engine';
import { hathorMetrics } from '@sluice/hathor';
import { endpointMetrics, logBytes, logLimitBytes, logState } from '@sluice/nestjs';
import { readFileSync } from 'node:fs';
import { collectDefaultMetrics, Registry } from 'prom-client';

interface Dashboard {
  readonly templating: { readonly list: readonly { readonly definition?: string }[] };
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}

const read = (path: string): string =>
  readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');

const catalogue: readonly MetricDefinition[] = [
  engineMetrics,
  endpointMetrics,
  { logBytes, logLimitBytes, logState },
  relayMetrics,
  hathorMetrics,
].flatMap((metrics) => Object.values(metrics) as MetricDefinition[]);

/** What Prometheus adds to everything it reads. */
const SCRAPED = ['job', 'instance'];

/** Labels by the name of each series that the page can show. */
function shownSeries(): Map<string, readonly string[]> {
  const shown = new Map<string, readonly string[]>();
  for (const { name, kind, labels } of catalogue) {
    if (kind === 'counter' || kind === 'gauge') {
      shown.set(name, [...labels, ...SCRAPED]);
      continue;
    }
    shown.set(`${name}_bucket`, [...labels, 'le', ...SCRAPED]);
    for (const part of ['sum', 'count']) shown.set(`${name}_${part}`, [...labels, ...SCRAPED]);
  }
  const process = new Registry();
  collectDefaultMetrics({ register: process });
  for (const { name } of process.getMetricsAsArray()) shown.set(name, SCRAPED);
  return shown;
}

/** Faults of an expression; every series in it has braces, so that its name can be told. */
function faultsOf(expr: string, shown: ReadonlyMap<string, readonly string[]>): string[] {
  const selectors = [...expr.matchAll(/([a-zA-Z_:][\w:]*)\{([^}]*)\}/g)];
  if (selectors.length === 0) return [`${expr}: names no metric`];
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) =>
    list.split(/,\s*/),
  );
  const bare = expr.replace(/"[^"]*"/g, '').match(/\b(sluice|process|nodejs)_\w+\b(?!\{)/g) ?? [];
  return [
    ...bare.map((name) => `${name}: no braces`),
    ...selectors.flatMap(([, name = '', matchers = '']) => {
      const labels = shown.get(name);
      if (labels === undefined) return [`${name}: there is no such metric`];
      const matched = [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(
        ([, label = '']) => label,
      );
      return [...matched, ...grouped]
        .filter((label) => !labels.includes(label))
        .map((label) => `${name}: has no label ${label}`);
    }),
  ];
}

/** Cells of the rows of all tables. */
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| -'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const documented = rows(read('operations.md')).filter(
  ([first = '']) =>
    /^`[a-z_]+`$/.test(first) &&
    (first.includes('sluice_') || catalogue.some(({ name }) => first === `\`${name}\``)),
);

/** The unit that a name tells. */
const unitOf = (name: string): string | undefined => /_(seconds|bytes)(_total)?$/.exec(name)?.[1];

describe('docs/operations.md', () => {
  it('has a row for every metric, in the words of the catalogue, and no other', () => {
    const expected = catalogue.map(({ name, kind, labels, help }) => [
      `\`${name}\``,
      kind,
      labels.map((label) => `\`${label}\``).join(', '),
      help,
    ]);
    expect(documented.map(([name, kind, , labels, help]) => [name, kind, labels, help])).toEqual(
      expected,
    );
  });

  it('has a unit for each, and the one that its name tells', () => {
    for (const [name = '', , unit = ''] of documented) {
      const told = unitOf(name.replaceAll('`', ''));
      expect([name, unit]).toEqual([name, told ?? expect.stringMatching(/^[a-z0-9 ]+$/)]);
    }
  });

  it('has alerts on what exists', () => {
    const shown = shownSeries();
    const alerts = rows(read('operations.md'))
      .map(([, expr = '']) => expr.replaceAll('`', ''))
      .filter((expr) => expr.includes('{'));
    expect(alerts.length).toBeGreaterThan(5);
    expect(alerts.flatMap((expr) => faultsOf(expr, shown))).toEqual([]);
  });
});

describe('the dashboard', () => {
  const dashboard = JSON.parse(read('grafana/sluice.json')) as Dashboard;
  const expressions = [
    ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ...dashboard.templating.list.flatMap(({ definition = [] }) => definition),
  ];

  it('names only metrics and labels that exist', () => {
    const shown = shownSeries();
    expect(expressions.flatMap((expr) => faultsOf(expr, shown))).toEqual([]);
  });

  it('shows every metric but those of alerts alone', () => {
    const hidden = catalogue
      .map(({ name }) => name)
      .filter((name) => !expressions.some((expr) => expr.includes(name)));
    expect(hidden).toEqual(['sluice_observation_failures_total']);
  });

  it('would notice names that do not exist', () => {
    const shown = shownSeries();
    expect(faultsOf('sum(sluice_nothing{})', shown)).toHaveLength(1);
    expect(faultsOf('sum by (colour) (sluice_connections{size="1"})', shown)).toHaveLength(2);
    expect(faultsOf('sum(sluice_connections)', shown)).toHaveLength(1);
  });
});
