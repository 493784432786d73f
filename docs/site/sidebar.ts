import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { root } from './repository.js';

type Item = DefaultTheme.SidebarItem;

const DIALECTS = {
  hathor: 'Hathor',
  nano: 'Nano',
  lighthouse: 'Lighthouse',
  bigchaindb: 'BigchainDB',
  basalt: 'Basalt',
};

/** Packages that are tools, and what people look for. */
const TOOLS = {
  cli: 'Command line',
  conformance: 'Conformance',
  inspector: 'Inspector',
  asyncapi: 'AsyncAPI documents',
  nx: 'Generators',
};

function dialect([name, title]: readonly [string, string]): Item {
  const chain = name === 'hathor' ? [{ text: 'Over your database', link: '/hathor-chain' }] : [];
  return {
    text: title,
    link: `/dialects/${name}`,
    collapsed: true,
    items: [
      { text: 'Package', link: `/packages/${name}/` },
      { text: 'Wire protocol', link: `/packages/${name}/protocol` },
      ...chain,
    ],
  };
}

const GUIDE: Item[] = [
  { text: 'Start in five minutes', link: '/start' },
  { text: 'In your application', link: '/embed' },
  { text: 'Topics, filters, flow control', link: '/gateways' },
  { text: 'Write a dialect', link: '/tutorial' },
];

const RUN: Item[] = [
  { text: 'The sample app', link: '/sample' },
  { text: 'Relays', link: '/relays' },
  { text: 'Several nodes', link: '/scaling' },
  { text: 'Operations', link: '/operations' },
  { text: 'Security', link: '/security' },
];

const PROJECT: Item[] = [
  { text: 'Changelog', link: '/project/changelog' },
  { text: 'Releasing', link: '/releasing' },
  { text: 'Dependencies', link: '/dependencies' },
  { text: 'Reporting a vulnerability', link: '/project/security' },
];

const INSIDE: Item[] = [
  { text: 'Architecture', link: '/architecture' },
  { text: 'Performance', link: '/performance' },
  { text: 'Benchmark results', link: '/performance-results' },
  { text: 'Benchmarks', link: '/apps/bench' },
];

function tool([name, text]: readonly [string, string]): Item {
  return { text, link: `/packages/${name}/` };
}

/** Everything else in packages/, so that a new package has its place by itself. */
function packages(): Item[] {
  return readdirSync(join(root, 'packages'))
    .filter((name) => !(name in DIALECTS) && !(name in TOOLS))
    .filter((name) => existsSync(join(root, 'packages', name, 'README.md')))
    .map((name) => ({ text: `@sluice/${name}`, link: `/packages/${name}/` }));
}

/** Documents in docs/ that no other group names. */
function others(named: readonly Item[]): Item[] {
  const links = new Set(named.map(({ link }) => link));
  return readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3))
    .filter((name) => name !== 'index' && name !== 'hathor-chain' && !links.has(`/${name}`))
    .map((name) => ({ text: titleOf(name), link: `/${name}` }));
}

function titleOf(name: string): string {
  return /^# (.+)$/m.exec(readFileSync(join(root, 'docs', `${name}.md`), 'utf8'))?.[1] ?? name;
}

export function sidebar(): Item[] {
  return [
    { text: 'Guide', items: GUIDE },
    { text: 'Dialects', items: Object.entries(DIALECTS).map(dialect) },
    { text: 'Run it', items: RUN },
    { text: 'Tools', items: Object.entries(TOOLS).map(tool) },
    { text: 'Inside', items: [...INSIDE, ...others([...GUIDE, ...RUN, ...INSIDE, ...PROJECT])] },
    { text: 'Project', collapsed: true, items: PROJECT },
    { text: 'Packages', collapsed: true, items: packages() },
    { text: 'Reference', link: '/reference/', target: '_self' },
  ];
}
