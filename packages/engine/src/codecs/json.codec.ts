import { isBoxedPrimitive } from 'node:util/types';
import { SluiceError } from '../errors.js';
import type { Codec, Command, DecodedCommand } from './codec.js';
import { decodeJsonFrame, isJsonObject, memberOf } from './decode-text.js';
import { stringifyJson } from './json-text.js';

/** Options of {@link json}. */
export interface JsonCodecOptions {
  /** Member that names the command; default `type`. */
  readonly command?: string;
  /** Member with the request's id, which is echoed in replies that are objects; default: requests have no id. */
  readonly id?: string;
  /** Whether UTF-8 in a binary frame is as good as a text frame; default true. */
  readonly binary?: boolean;
  /**
   * The wire message for a handler's result; `undefined`: nothing is sent. Default: the result itself. The id is added
   * afterwards.
   */
  readonly reply?: (result: unknown, command: Command) => unknown;
}

/**
 * JSON objects with a named command: `{ "type": "subscribe", … }`. The handler gets the whole object.
 *
 * What is no command:
 *
 * | frame | error | `details.reason` |
 * | --- | --- | --- |
 * | not JSON | `MALFORMED`, thrown | `syntax` |
 * | not UTF-8 | `MALFORMED`, thrown | `utf8` |
 * | a binary frame, with `binary: false` | `MALFORMED`, thrown | `binary` |
 * | JSON, but no object | `INVALID` | `shape` |
 * | no command member | `UNKNOWN_COMMAND` | `absent` |
 * | the command member is no string | `UNKNOWN_COMMAND` | `type` |
 */
export function json(options: JsonCodecOptions = {}): Codec {
  const { command: commandMember = 'type', id: idMember, binary: acceptBinary = true } = options;
  const { reply = (result: unknown) => result } = options;

  return {
    decode(payload, binary): readonly DecodedCommand[] {
      const { text, value } = decodeJsonFrame(payload, binary, acceptBinary);
      if (!isJsonObject(value)) {
        return [refusal('INVALID', 'The message is no JSON object', 'shape')];
      }
      const name = memberOf(value, commandMember);
      if (name === undefined) {
        return [refusal('UNKNOWN_COMMAND', `The message has no ${commandMember}`, 'absent')];
      }
      if (typeof name !== 'string') {
        return [refusal('UNKNOWN_COMMAND', `${commandMember} is no string`, 'type')];
      }
      const id = idMember === undefined ? undefined : memberOf(value, idMember);
      return [{ name, data: value, text, id }];
    },

    reply(result, command): unknown {
      const message = reply(result, command);
      if (idMember === undefined || command.id === undefined) return message;
      const members = membersOf(message);
      return members === undefined ? message : { ...members, [idMember]: command.id };
    },

    encode: stringifyJson,

    requestSchema: (command, data) => ({
      type: 'object',
      properties: {
        [commandMember]: { const: command },
        ...(idMember !== undefined && { [idMember]: true }),
      },
      required: [commandMember],
      allOf: [data],
    }),
  };
}

/** The object whose members `JSON.stringify` would write for `message`; undefined if it would write no object. */
function membersOf(message: unknown): object | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if (!hasToJson(message)) return isPlain(message) ? message : undefined;
  const form = message.toJSON('');
  if (!isPlain(form)) return undefined;
  // It is asked once: the `toJSON` of what it gives is not called, and would be in a copy.
  return hasToJson(form) ? { ...form, toJSON: undefined } : form;
}

function isPlain(value: unknown): value is object {
  return isJsonObject(value) && !isBoxedPrimitive(value);
}

function hasToJson(value: object): value is { toJSON(key: string): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function refusal(
  code: 'INVALID' | 'UNKNOWN_COMMAND',
  message: string,
  reason: string,
): SluiceError {
  return new SluiceError(code, message, { details: { reason } });
}
