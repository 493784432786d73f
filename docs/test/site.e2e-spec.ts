/** The built site: whole, and in need of nothing from elsewhere. */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pageOf } from '../site/site-map.js';
import { root } from '../site/repository.js';
import { documents } from './support/documents.js';

const site = join(root, 'docs/dist');
const base = process.env.DOCS_BASE ?? '/';

const files = readdirSync(site, { recursive: true, encoding: 'utf8' });
const htmlFiles = files.filter((file) => file.endsWith('.html'));
const read = (file: string): string => readFileSync(join(site, file), 'utf8');

/** What a page names in attributes, without entities. */
function attributes(html: string, names: string): string[] {
  const pattern = new RegExp(`\\s(?:${names})="([^"]*)"`, 'g');
  return [...html.matchAll(pattern)].map(([, value = '']) => value.replaceAll('&amp;', '&'));
}

/** The file that an address of a page stands for; undefined for other sites. */
function targetOf(href: string, page: string): string | undefined {
  if (/^([a-z][\w+.-]*:|\/\/|#)/i.test(href) || href === '') return undefined;
  const path = decodeURI(href.replace(/[?#].*$/, ''));
  const file = path.startsWith('/')
    ? join(site, path.slice(base.length))
    : resolve(site, dirname(page), path);
  return existsSync(file) && statSync(file).isDirectory() ? join(file, 'index.html') : file;
}

describe('the site', () => {
  it('has a page for every document', () => {
    const shown = documents().flatMap(({ file }) => {
      const page = file === 'README.md' ? undefined : pageOf(file);
      return page === undefined || file.startsWith('apps/sample/') ? [] : [`${page}.html`];
    });
    expect(shown.length).toBeGreaterThan(35);
    expect(shown.filter((page) => !htmlFiles.includes(page))).toEqual([]);
  });

  it('has the reference of every entry of every package', () => {
    const modules = new Set(files.filter((file) => file.startsWith('reference/modules/')));
    for (const folder of readdirSync(join(root, 'packages'))) {
      const text = readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8');
      const { name, exports = {} } = JSON.parse(text) as {
        name: string;
        exports?: Record<string, unknown>;
      };
      for (const [path, entry] of Object.entries(exports)) {
        if (typeof entry !== 'object' || entry === null || !('@sluice/source' in entry)) continue;
        const module = `${name}${path.slice(1)}`.replace(/[@/]/g, '_');
        expect(modules).toContain(`reference/modules/${module}.html`);
      }
    }
  });

  it('has no dead link, to pages, pictures or scripts', () => {
    const links = htmlFiles.flatMap((page) =>
      attributes(read(page), 'href|src|srcset').flatMap((href) => {
        const target = targetOf(href, page);
        return target === undefined ? [] : [{ link: `${page}: ${href}`, target }];
      }),
    );
    expect(links.length).toBeGreaterThan(10_000);
    expect(links.filter(({ target }) => !existsSync(target))).toEqual([]);
  });

  it('leads to headings that exist', () => {
    const pages = htmlFiles.filter((page) => !page.startsWith('reference/'));
    const ids = new Map(pages.map((page) => [page, new Set(attributes(read(page), 'id'))]));
    const dead = pages.flatMap((page) =>
      attributes(read(page), 'href').flatMap((href) => {
        const [path = '', fragment] = href.split('#', 2);
        if (fragment === undefined || fragment === '' || /^[a-z][\w+.-]*:/i.test(href)) return [];
        const target = path === '' ? join(site, page) : targetOf(path, page);
        const known = target === undefined ? undefined : ids.get(relative(site, target));
        return known === undefined || known.has(decodeURI(fragment)) ? [] : [`${page}: ${href}`];
      }),
    );
    expect(dead).toEqual([]);
  });

  it('loads nothing from elsewhere', () => {
    const loaded = htmlFiles.flatMap((page) => {
      const links = [...read(page).matchAll(/<(?:link|script|img|source|iframe)\b[^>]*>/g)];
      return links
        .flatMap(([tag]) => attributes(tag, 'href|src|srcset'))
        .filter((href) => /^(https?:)?\/\//.test(href));
    });
    expect(loaded).toEqual([]);
    const styles = files.filter((file) => file.endsWith('.css'));
    expect(styles.filter((file) => /url\(["']?(https?:)?\/\//.test(read(file)))).toEqual([]);
  });

  it('finds words of pages, and of the sections that they include', () => {
    const index = files.find((file) => /localSearchIndex.*\.js$/.test(file));
    expect(read(index ?? '')).toContain('maxfilteraccounts');
    expect(read(index ?? '')).toContain('dialects/nano.html#options');
  });
});
