import { askApplication, repeat } from '../parts/api.js';
import { fill, h, refill } from '../parts/dom.js';
import { clock, decimal } from '../parts/format.js';
import { messageForm } from '../parts/message-form.js';
import { empty, failure, heading, json, toast } from '../parts/pieces.js';

/** @typedef {import('../../src/inspector.panel.js').InspectorPanel} Panel */
/** @typedef {import('../../src/inspector.panel.js').PanelAction} PanelAction */
/** @typedef {import('../../src/inspector.panel.js').PanelTable} PanelTable */

/**
 * A page that the application has described: its status, its actions and a table.
 *
 * @param {HTMLElement} root
 * @param {import('../main.js').Context} context
 */
export function panel(root, { about, rest: [number = '0'] }) {
  const found = about.panels[Number(number)];
  if (found === undefined) {
    fill(
      root,
      empty('There is no such panel', 'The application describes panels in the option `panels`.'),
    );
    return undefined;
  }
  const { title, status, actions = [], table } = found;
  const facts = h('div', { class: 'card' });
  const answer = h('div', { class: 'answer', 'aria-live': 'polite' });
  const rows = h('div', { class: 'card table-card' });
  const refresh = async () => {
    if (status !== undefined)
      fill(facts, h('h3', {}, 'Where it stands'), await statusPiece(status));
    if (table !== undefined) refill(rows, await tablePiece(table));
  };
  /**
   * @param {PanelAction} action
   * @param {Record<string, unknown>} [body]
   */
  const perform = async (action, body) => {
    try {
      const result = await askApplication(action.url, action.method ?? 'POST', body);
      fill(answer, h('h3', {}, `${action.title}: done`), json(result));
      toast(`${action.title}: done`);
      await refresh();
    } catch (error) {
      fill(answer, failure(error));
    }
  };
  fill(
    root,
    heading(title, ...(about.panels.length > 1 ? [tabs(about.panels, found)] : [])),
    h(
      'div',
      { class: 'split panel' },
      h(
        'div',
        { class: 'stack' },
        status !== undefined && facts,
        h(
          'div',
          { class: 'card' },
          h('h3', {}, 'Do'),
          actions.map((/** @type {PanelAction} */ action) => actionPiece(action, perform)),
          answer,
        ),
      ),
      table !== undefined && rows,
    ),
  );
  return repeat(2000, refresh);
}

/**
 * @param {readonly Panel[]} panels
 * @param {Panel} current
 */
function tabs(panels, current) {
  return h(
    'div',
    { class: 'controls' },
    panels.map((panel, index) =>
      h(
        'a',
        {
          class: 'button',
          href: `#/panel/${index}`,
          'aria-current': panel === current ? 'page' : undefined,
        },
        panel.title,
      ),
    ),
  );
}

/**
 * @param {PanelAction} action
 * @param {(action: PanelAction, body?: Record<string, unknown>) => Promise<void>} perform
 */
function actionPiece(action, perform) {
  const { title, body = {} } = action;
  if (Object.keys(body).length === 0) {
    return h(
      'button',
      { type: 'button', class: 'action', onclick: () => void perform(action) },
      title,
    );
  }
  const form = messageForm(body);
  return h(
    'form',
    {
      class: 'action-form',
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        try {
          void perform(action, form.read());
        } catch (error) {
          toast(error instanceof Error ? error.message : String(error));
        }
      },
    },
    form.element,
    h('button', { type: 'submit', class: 'action' }, title),
  );
}

/**
 * Members, those of members too, under readable names.
 *
 * @param {object} value
 * @param {string} [prefix]
 * @returns {[string, string][]}
 */
function flat(value, prefix = '') {
  return Object.entries(value).flatMap(([member, part]) => {
    const name = `${prefix}${member.replaceAll('_', ' ')}`;
    if (typeof part === 'object' && part !== null && !Array.isArray(part)) {
      return flat(part, `${name} `);
    }
    return [[name, typeof part === 'object' ? JSON.stringify(part) : String(part)]];
  });
}

/** @param {string} url */
async function statusPiece(url) {
  try {
    const status = await askApplication(url);
    return h(
      'dl',
      { class: 'facts' },
      flat(status).flatMap(([name, value]) => [
        h('dt', {}, name),
        h('dd', { class: 'mono' }, value),
      ]),
    );
  } catch (error) {
    return failure(error);
  }
}

/** @param {PanelTable} table */
async function tablePiece({ title, url, columns }) {
  try {
    const items = await askApplication(url);
    if (items.length === 0) return empty(title, 'There is nothing yet.');
    return h(
      'div',
      { class: 'scroll' },
      h(
        'table',
        {},
        h('caption', {}, title),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            columns.map(([, name, kind = 'text']) =>
              h('th', { scope: 'col', class: kind === 'text' ? '' : 'number' }, name),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          items.map((/** @type {Record<string, unknown>} */ item) =>
            h(
              'tr',
              {},
              columns.map(([member, , kind = 'text']) => cell(item[member], kind)),
            ),
          ),
        ),
      ),
    );
  } catch (error) {
    return failure(error);
  }
}

/**
 * @param {unknown} value
 * @param {string} kind
 */
function cell(value, kind) {
  if (kind === 'time') return h('td', { class: 'number' }, clock(Number(value) * 1000));
  if (kind === 'number' && typeof value === 'number')
    return h('td', { class: 'number' }, decimal(value));
  const text =
    typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
  const short = text.length > 24 ? `${text.slice(0, 14)}…${text.slice(-6)}` : text;
  return h('td', { class: kind === 'number' ? 'number' : 'mono', title: text }, short);
}
