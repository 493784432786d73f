/** The inspector's endpoints. All paths are relative to the page. */

/** An answer that says no. */
export class ApiError extends Error {}

/**
 * @param {string} path
 * @param {Record<string, string | number>} [query]
 * @returns {Promise<any>}
 */
export function get(path, query = {}) {
  return ask(withQuery(`api/${path}`, query), {});
}

/**
 * @param {string} path
 * @param {Record<string, string | number>} [query]
 * @returns {Promise<any>}
 */
export function post(path, query = {}) {
  return ask(withQuery(`api/${path}`, query), {
    method: 'POST',
    headers: { 'x-sluice-inspector': '1' },
  });
}

/**
 * Asks an endpoint of the application itself.
 *
 * @param {string} url
 * @param {string} [method]
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export function askApplication(url, method = 'GET', body) {
  return ask(url, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
}

/**
 * Follows an answer that goes on; the browser connects again by itself.
 *
 * @param {string} path
 * @param {Record<string, (value: any) => void>} listeners by name of the message
 * @param {(isOpen: boolean) => void} [onState]
 * @param {Record<string, string | number>} [query]
 * @returns {() => void} ends it
 */
export function follow(path, listeners, onState = () => undefined, query = {}) {
  const source = new EventSource(withQuery(`api/${path}`, query));
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  for (const [name, listener] of Object.entries(listeners)) {
    source.addEventListener(name, (event) => listener(JSON.parse(event.data)));
  }
  return () => source.close();
}

/**
 * Calls `task` now and again and again while the page is on the screen.
 *
 * @param {number} everyMs
 * @param {() => Promise<void>} task
 * @returns {() => void} ends it
 */
export function repeat(everyMs, task) {
  let ended = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const turn = async () => {
    if (!document.hidden) await task();
    if (!ended) timer = setTimeout(turn, everyMs);
  };
  void turn();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

/**
 * @param {string} url
 * @param {RequestInit} init
 */
async function ask(url, init) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init });
  } catch {
    throw new ApiError('The server does not answer');
  }
  const text = await response.text();
  const value = parsed(text);
  if (response.ok) return value;
  throw new ApiError(
    value?.error ?? messageOf(value) ?? `${response.status} ${response.statusText}`,
  );
}

/** @param {any} value */
function messageOf(value) {
  return Array.isArray(value?.message) ? value.message.join(', ') : value?.message;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * @param {string} path
 * @param {Record<string, string | number>} query
 */
function withQuery(path, query) {
  const entries = Object.entries(query)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, String(value)]);
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`;
}
