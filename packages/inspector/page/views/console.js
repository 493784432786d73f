import { get } from '../parts/api.js';
import { fill, h } from '../parts/dom.js';
import { clock, count } from '../parts/format.js';
import { messageForm } from '../parts/message-form.js';
import { failure, heading, json, toast } from '../parts/pieces.js';

/** Messages that the page keeps. */
const ROWS = 300;
/** Messages that are drawn in a second; a stream of thousands must not freeze the page. */
const DRAWN_PER_SECOND = 60;

/**
 * A client of any mounted gateway, connected by the browser itself: what it shows is what clients see.
 *
 * @param {HTMLElement} root
 * @param {import('../main.js').Context} context
 */
export function consoleView(root, { about, query }) {
  const endpoint = h('select', { 'aria-label': 'Gateway', onchange: choose });
  const url = h('input', {
    class: 'mono wide',
    'aria-label': 'URL',
    spellcheck: 'false',
    // A browser takes no URL for that of the page.
    required: true,
  });
  const connect = h('button', { type: 'submit', class: 'primary', disabled: true }, 'Connect');
  const state = h('span', { class: 'state bad' }, 'not connected');
  const forms = h('div', { class: 'forms' });
  const raw = h('textarea', { rows: 4, 'aria-label': 'Message', spellcheck: 'false' });
  const log = h('div', { class: 'messages', role: 'log', 'aria-label': 'Messages' });
  /** @type {readonly import('../../src/views/gateway-view.js').GatewayView[]} */
  let gateways = [];
  /** @type {WebSocket | undefined} */
  let socket;
  let second = 0;
  let drawn = 0;
  let unseen = 0;

  fill(
    root,
    heading('Console', state),
    h(
      'form',
      {
        class: 'controls',
        onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), toggle()),
      },
      endpoint,
      url,
      connect,
    ),
    h(
      'div',
      { class: 'split console' },
      h(
        'div',
        { class: 'card' },
        forms,
        h('h3', {}, 'Any message'),
        raw,
        h('button', { type: 'button', onclick: () => send(raw.value) }, 'Send as it is'),
      ),
      h('div', { class: 'card table-card' }, log),
    ),
  );
  note('Connect, then send a message of the forms, or one of your own.');
  void get('gateways').then(offer, (error) => fill(forms, failure(error)));

  /** @param {readonly import('../../src/views/gateway-view.js').GatewayView[]} found */
  function offer(found) {
    gateways = found;
    fill(
      endpoint,
      gateways.map(({ gateway, paths: [path] }) =>
        h('option', { value: gateway }, `${gateway} · ${path}`),
      ),
    );
    endpoint.value = query.get('gateway') ?? gateways[0]?.gateway ?? '';
    choose();
    connect.disabled = false;
  }

  function choose() {
    socket?.close();
    const chosen = gateways.find((found) => found.gateway === endpoint.value);
    if (chosen === undefined) return;
    const scheme = chosen.secure || location.protocol === 'https:' ? 'wss:' : 'ws:';
    const host = location.hostname;
    const [first] = chosen.paths;
    const path = first === '*' ? '/' : first;
    url.value = `${scheme}//${host}:${chosen.port ?? location.port}${path}`;
    const ready = about.forms[chosen.gateway] ?? [];
    fill(
      forms,
      ready.map(commandForm),
      ready.length === 0 &&
        h('p', { class: 'note' }, 'There are no ready-made messages for this gateway.'),
    );
    raw.value = ready.length === 0 ? '' : JSON.stringify(ready[0].message);
  }

  /**
   * @param {{ title: string, message: Record<string, unknown> }} command
   * @param {number} index
   */
  function commandForm({ title, message }, index) {
    const form = messageForm(message);
    return h(
      'details',
      { class: 'command', open: index === 0 },
      h('summary', {}, title),
      form.element,
      h(
        'button',
        {
          type: 'button',
          onclick: () => {
            try {
              send(JSON.stringify(form.read()));
            } catch (error) {
              toast(error instanceof Error ? error.message : String(error));
            }
          },
        },
        'Send',
      ),
    );
  }

  function toggle() {
    if (socket !== undefined) {
      socket.close();
      return;
    }
    try {
      socket = new WebSocket(url.value);
    } catch (error) {
      note(error instanceof Error ? error.message : String(error));
      return;
    }
    const opened = socket;
    opened.binaryType = 'arraybuffer';
    setState('connecting', '');
    opened.onopen = () => {
      setState('connected', 'ok');
      note(`Connected to ${opened.url}`);
    };
    opened.onmessage = ({ data }) => received(data);
    opened.onclose = ({ code, reason }) => {
      if (socket !== opened) return;
      socket = undefined;
      setState('not connected', 'bad');
      note(`Closed with ${code}${reason === '' ? '' : `: ${reason}`}`);
    };
    setConnect(false);
  }

  /** @param {boolean} isNext whether the button connects, or ends the connection */
  function setConnect(isNext) {
    connect.textContent = isNext ? 'Connect' : 'Disconnect';
    connect.classList.toggle('primary', isNext);
  }

  /**
   * @param {string} text
   * @param {string} kind
   */
  function setState(text, kind) {
    state.textContent = text;
    state.className = `state ${kind}`;
    if (kind === 'bad') setConnect(true);
  }

  /** @param {string} text */
  function send(text) {
    if (socket?.readyState !== WebSocket.OPEN) {
      toast('Connect first');
      return;
    }
    socket.send(text);
    add('sent', text);
  }

  /** @param {string | ArrayBuffer} data */
  function received(data) {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) {
      second = now;
      drawn = 0;
      if (unseen > 0) note(`${count(unseen)} more messages came and are not shown`);
      unseen = 0;
    }
    if (drawn++ < DRAWN_PER_SECOND) add('received', typeof data === 'string' ? data : hex(data));
    else unseen++;
  }

  /** @param {string} text */
  function note(text) {
    add('note', text);
  }

  /**
   * @param {'sent' | 'received' | 'note'} kind
   * @param {string} text
   */
  function add(kind, text) {
    const row = h(
      'details',
      { class: `message ${kind}` },
      h(
        'summary',
        {},
        h('time', {}, clock(Date.now())),
        h('span', { class: 'mono event-text' }, text.slice(0, 300)),
      ),
    );
    row.addEventListener('toggle', () => row.append(json(parsed(text))), { once: true });
    log.prepend(row);
    while (log.childElementCount > ROWS) log.lastElementChild?.remove();
  }

  return () => {
    const left = socket;
    socket = undefined;
    left?.close();
  };
}

/** @param {ArrayBuffer} data */
function hex(data) {
  return Array.from(new Uint8Array(data), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
