/** The menu of the site: a page that is not in it is hardly found. */
import { expect, it } from '@jest/globals';
import type { DefaultTheme } from 'vitepress';
import { sidebar } from '../site/sidebar.js';
import { pageOf } from '../site/site-map.js';
import { documents } from './support/documents.js';

function linksOf({ link, items = [] }: DefaultTheme.SidebarItem): string[] {
  return (link === undefined ? [] : [link]).concat(items.flatMap(linksOf));
}

/** Addresses of the site's pages, but for the home page. */
function pages(): string[] {
  return documents().flatMap(({ file }) => {
    const page = file === 'README.md' ? 'index' : pageOf(file);
    return page === undefined || page === 'index' ? [] : [`/${page.replace(/\/index$/, '/')}`];
  });
}

it('the menu has every page once, and what the code exports', () => {
  const links = sidebar().flatMap(linksOf);
  expect(links.toSorted()).toEqual(pages().concat('/reference/').toSorted());
  expect(new Set(links).size).toBe(links.length);
});
