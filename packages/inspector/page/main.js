/** The shell: finds the view of the address, keyboard, colours. */
import { get } from './parts/api.js';
import { byId, fill, h } from './parts/dom.js';
import { Feed } from './parts/feed.js';
import { failure } from './parts/pieces.js';
import { consoleView } from './views/console.js';
import { gateways } from './views/gateways.js';
import { overview } from './views/overview.js';
import { panel } from './views/panel.js';
import { replay } from './views/replay.js';
import { sessions } from './views/sessions.js';
import { tap } from './views/tap.js';

/**
 * What a view is given.
 *
 * @typedef {{ feed: Feed, about: any, query: URLSearchParams, rest: string[], go: (hash: string) => void }} Context
 */
/** @typedef {(root: HTMLElement, context: Context) => (() => void) | void} View */

/** @type {{ name: string, title: string, key: string, view: View }[]} */
const VIEWS = [
  { name: 'overview', title: 'Overview', key: '1', view: overview },
  { name: 'gateways', title: 'Gateways', key: '2', view: gateways },
  { name: 'sessions', title: 'Sessions', key: '3', view: sessions },
  { name: 'tap', title: 'Events', key: '4', view: tap },
  { name: 'replay', title: 'Replay', key: '5', view: replay },
  { name: 'console', title: 'Console', key: '6', view: consoleView },
  { name: 'panel', title: 'Chain', key: '7', view: panel },
];

const root = byId('view', HTMLElement);
const nav = byId('nav', HTMLElement);
const help = byId('help', HTMLDialogElement);
const feed = new Feed();
/** @type {any} */
let about = { panels: [], forms: {} };
let leave = () => {};

function show() {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const [name = '', ...rest] = path.split('/').map(decodeURIComponent);
  const found = VIEWS.find((view) => view.name === name) ?? VIEWS[0];
  if (found === undefined) return;
  leave();
  leave = () => {};
  for (const link of nav.querySelectorAll('a')) {
    const isCurrent = link.dataset['view'] === found.name;
    if (isCurrent) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    // On a narrow screen there is no room for all of them.
    if (isCurrent) nav.scrollTo({ left: link.offsetLeft - nav.offsetLeft - nav.clientWidth / 2 });
  }
  document.title = `${found.title} · Sluice inspector`;
  const context = { feed, about, query: new URLSearchParams(query), rest, go };
  try {
    leave = found.view(root, context) ?? leave;
  } catch (error) {
    fill(root, failure(error));
  }
}

/** @param {string} hash */
function go(hash) {
  location.hash = hash;
}

/** Dark or light as chosen here before, else as the system says. */
function setTheme(/** @type {string | null} */ theme) {
  if (theme === null) delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

function toggleTheme() {
  const isDark = getComputedStyle(document.documentElement).colorScheme === 'dark';
  const theme = isDark ? 'light' : 'dark';
  localStorage.setItem('sluice-theme', theme);
  setTheme(theme);
}

/** The application's own panels have a place only if there are any. */
function drawNavigation() {
  const views = VIEWS.filter(({ name }) => name !== 'panel' || about.panels.length > 0);
  fill(
    nav,
    views.map(({ name, title, key }) =>
      h('a', { href: `#/${name}`, 'data-view': name, 'aria-keyshortcuts': key }, title),
    ),
  );
}

function focusSearch() {
  const search = document.querySelector('[data-search]');
  if (search instanceof HTMLElement) search.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  if (target instanceof HTMLElement && target.matches('input, select, textarea')) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  const found = VIEWS.find(({ key }) => key === event.key);
  if (found !== undefined) go(`#/${found.name}`);
  else if (event.key === '/') focusSearch();
  else if (event.key === 't') toggleTheme();
  else if (event.key === '?') help.showModal();
  else return;
  event.preventDefault();
}

setTheme(localStorage.getItem('sluice-theme'));
fill(
  byId('shortcuts', HTMLElement),
  [
    ...VIEWS.map(({ key, title }) => [key, title]),
    ['/', 'Search'],
    ['t', 'Dark or light'],
    ['?', 'This list'],
  ].flatMap(([key, title]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, title)]),
);
byId('theme', HTMLElement).addEventListener('click', toggleTheme);
byId('keys', HTMLElement).addEventListener('click', () => help.showModal());
byId('help-close', HTMLElement).addEventListener('click', () => help.close());
addEventListener('keydown', onKey);
addEventListener('hashchange', () => {
  show();
  root.focus({ preventScroll: true });
});
feed.watch(() => {
  const link = byId('link', HTMLElement);
  link.textContent = feed.isOpen ? 'live' : 'no connection';
  link.classList.toggle('open', feed.isOpen);
});
feed.start();
try {
  about = await get('about');
  drawNavigation();
  show();
} catch (error) {
  fill(root, failure(error));
}
