import type { Message } from './client-dialect.js';

/** A message that is none of the protocol's: shown as it is. */
export function strange(text: string, body: unknown): Message {
  return { type: '?', kind: 'event', summary: text.replace(/\s+/g, ' '), text, body };
}
