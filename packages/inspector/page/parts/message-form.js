/** A form made of an example: a field for each member, of the kind that the member's value has. */
import { h } from './dom.js';

/**
 * @param {Record<string, unknown>} example
 * @param {() => void} [onChange]
 * @returns {{ element: HTMLElement, read: () => Record<string, unknown> }} `read` throws SyntaxError for a field that is
 * no JSON
 */
export function messageForm(example, onChange = () => undefined) {
  const fields = Object.entries(example).map(([name, value]) => field(name, value, onChange));
  return {
    element: h(
      'div',
      { class: 'fields' },
      fields.map(({ element }) => element),
    ),
    read: () =>
      Object.fromEntries(
        fields.flatMap(({ name, read }) => {
          const value = read();
          return value === undefined ? [] : [[name, value]];
        }),
      ),
  };
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {() => void} onChange
 * @returns {{ name: string, element: HTMLElement, read: () => unknown }}
 */
function field(name, value, onChange) {
  if (typeof value === 'boolean') {
    const input = h('input', { type: 'checkbox', onchange: onChange });
    input.checked = value;
    return { name, element: labelled(name, input), read: () => input.checked };
  }
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const input = h('input', { class: 'mono', value: shown, spellcheck: 'false', oninput: onChange });
  const read = () => {
    if (input.value === '') return undefined;
    return typeof value === 'string' ? input.value : parsed(name, input.value);
  };
  return { name, element: labelled(name, input), read };
}

/**
 * @param {string} name
 * @param {HTMLElement} input
 */
function labelled(name, input) {
  return h('label', { class: 'field' }, h('span', {}, name), input);
}

/**
 * @param {string} name
 * @param {string} text
 */
function parsed(name, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(`${name} is no JSON`);
  }
}
