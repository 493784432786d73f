import { stringifyJson } from '@sluice/engine';

/**
 * JSON as the node writes it: a space after every colon and comma, nothing but ASCII (contract 6).
 *
 * @throws TypeError if the value, or one within it, has no JSON form.
 */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `${ascii(name)}: ${pythonJson(member)}`,
    );
    return `{${members.join(', ')}}`;
  }
  return typeof value === 'string' ? ascii(value) : stringifyJson(value);
}

function ascii(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
