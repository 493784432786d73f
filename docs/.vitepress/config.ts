/** The site: documents stay in the repository where GitHub and npm show them, and are pages here. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { headingSlug } from '../site/heading-slug.js';
import { includedSections } from '../site/included-sections.js';
import { repositoryLinks } from '../site/repository-links.js';
import { root } from '../site/repository.js';
import { sidebar } from '../site/sidebar.js';
import { pageOf } from '../site/site-map.js';

/** Where the site will be served, such as `/sluice/`. */
const base = (process.env.DOCS_BASE ?? '/') as `/${string}/`;

/** Files that documents link to, beside each other. */
const linkedFiles = new Set<string>();

export default defineConfig({
  title: 'Sluice',
  description: 'The WebSocket APIs of blockchain nodes, in your NestJS application',
  lang: 'en-GB',
  base,
  srcDir: '..',
  srcExclude: [
    'README.md',
    'packages/*/*/**',
    'apps/*/*/**',
    'apps/sample/**',
    'scripts/**',
    'test/**',
  ],
  rewrites: (file) => `${pageOf(file) ?? file.slice(0, -3)}.md`,
  outDir: './dist',
  cacheDir: '../node_modules/.cache/vitepress',
  // Written by TypeDoc after the pages; a test of the built site follows these links.
  ignoreDeadLinks: [/^\/reference\//],
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}images/mark.svg` }],
    ['meta', { name: 'theme-color', content: '#0f766e' }],
  ],
  markdown: {
    anchor: { slugify: headingSlug },
    config: (md) => {
      includedSections(md);
      repositoryLinks(md, base, (file) => linkedFiles.add(file));
    },
  },
  themeConfig: {
    logo: '/images/mark.svg',
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Dialects', link: '/dialects/hathor', activeMatch: '/dialects/' },
      { text: 'Run it', link: '/operations' },
      { text: 'Reference', link: '/reference/', target: '_self' },
    ],
    sidebar: sidebar(),
    footer: { message: 'MIT licence. Node ≥ 20.19, NestJS 11 and 12.' },
  },
  vite: { server: { fs: { allow: [root] } } },
  buildEnd: ({ outDir }) => {
    cpSync(join(root, 'docs/images'), join(outDir, 'images'), { recursive: true });
    for (const file of linkedFiles) cpSync(join(root, file), join(outDir, 'files', file));
  },
});
