/** How messages are printed: one line each, for people or for programs. */
import type { Message } from '../dialects/client-dialect.js';
import { printable } from './printable.js';
import type { Paint, Style } from './styles.js';

/** Turns a message that came at `at`, Unix milliseconds, into a line without its end. */
export type MessageLine = (message: Message, at: number) => string;

const LOOKS: Readonly<Record<Message['kind'], Style>> = {
  event: 'cyan',
  answer: 'dim',
  fault: 'red',
};

/** The time of day, the type, and what the message says; the column of types grows with them. */
export function prettyLine(paint: Paint): MessageLine {
  let width = 0;
  return ({ type, kind, summary }, at) => {
    const name = printable(type);
    width = Math.max(width, name.length);
    const column = paint(LOOKS[kind], name) + ' '.repeat(width - name.length);
    return `${paint('dim', timeOfDay(at))}  ${column}  ${printable(summary)}`.trimEnd();
  };
}

/** The message as it came, in one line. What is no JSON becomes a JSON string. */
export const jsonLine: MessageLine = ({ text, body }) =>
  // Between the values of a JSON document a line feed is nothing but space; within a string there is none.
  body === undefined ? JSON.stringify(text) : text.trim().replace(/\s*[\r\n]\s*/g, '');

function timeOfDay(at: number): string {
  const local = at - new Date(at).getTimezoneOffset() * 60_000;
  return new Date(local).toISOString().slice(11, 23);
}
