import { isUtf8 } from 'node:buffer';
import { SluiceError } from '../errors.js';
import { parseJson } from './json-text.js';

/** A decoded frame: its text and the JSON value in it. */
export interface JsonFrame {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads a frame that must hold one JSON document.
 *
 * @param acceptBinary whether UTF-8 in a binary frame is as good as a text frame.
 * @throws SluiceError `MALFORMED`, with `details.reason` `binary`, `utf8` or `syntax`.
 */
export function decodeJsonFrame(
  payload: Buffer,
  binary: boolean,
  acceptBinary: boolean,
): JsonFrame {
  if (binary && !acceptBinary) {
    throw malformed('A text frame is expected', 'binary');
  }
  if (!isUtf8(payload)) throw malformed('The message is not UTF-8', 'utf8');
  const text = payload.toString('utf8');
  try {
    return { text, value: parseJson(text) };
  } catch (cause) {
    throw malformed('The message is not JSON', 'syntax', cause);
  }
}

/** Whether a JSON value is an object, not an array or null. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member the object has itself: names from `Object.prototype` do not count. */
export function memberOf(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function malformed(message: string, reason: string, cause?: unknown): SluiceError {
  return new SluiceError('MALFORMED', message, { cause, details: { reason } });
}
