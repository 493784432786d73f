/**
 * JSON-RPC as Stratum-like node sockets speak it: 2.0's requests, error codes and batches, 1.0's answers (`id`,
 * `error` and `result` in every answer, no `jsonrpc`), one frame per answer.
 */
import { SluiceError } from '../errors.js';
import type { Codec, Command, DecodedCommand } from './codec.js';
import { decodeJsonFrame, isJsonObject, memberOf } from './decode-text.js';
import { stringifyJson } from './json-text.js';
import { checkParams, nameParams } from './json-rpc-params.js';

/** Options of {@link jsonRpc}. */
export interface JsonRpcCodecOptions {
  /**
   * Names of each method's parameters in their order; one that may be left out ends in `?`:
   * `{ 'mining.submit': ['hexdata', 'optimistic?'] }`. A handler of these methods gets an object, however the
   * parameters came; missing, surplus and unknown ones are refused. `params` of a method that is not named here pass
   * unchecked, because that method may not exist. Without this option every handler gets the array or object that came,
   * or `{}` if nothing did.
   */
  readonly params?: Readonly<Record<string, readonly string[]>>;
  /** Whether a method may be called with `_` instead of `.`, as in `mining_submit`; default false. */
  readonly underscore?: boolean;
  /** Whether UTF-8 in a binary frame is as good as a text frame; default true. */
  readonly binary?: boolean;
  /** Most requests in one batch; a larger one is refused whole with `LIMIT`. Default 1000. */
  readonly batch?: number;
}

/** A request that nobody answers, as the server sends it. */
export interface JsonRpcNotification {
  readonly id: null;
  readonly method: string;
  readonly params: unknown;
}

/** The message that tells clients of something. */
export function jsonRpcNotification(method: string, params: unknown): JsonRpcNotification {
  return { id: null, method, params };
}

/**
 * The JSON-RPC codec; `jsonRpcFaults` is its fault mapper. Ids are any JSON value and keep every digit. A request
 * without id, or with the id `null`, is carried out and its result not sent.
 *
 * What is no command:
 *
 * | frame, or element of a batch | error | `details.reason` |
 * | --- | --- | --- |
 * | not JSON, not UTF-8, binary where text is expected | `MALFORMED`, thrown | `syntax`, `utf8`, `binary` |
 * | a batch of too many requests | `LIMIT` | `batch` |
 * | no object | `INVALID` | `shape` |
 * | no `method` | `UNKNOWN_COMMAND` | `absent` |
 * | `method` is no string | `UNKNOWN_COMMAND` | `type` |
 * | `params` are `null`, a scalar, or do not fit the method | `INVALID` | `params` |
 */
export function jsonRpc(options: JsonRpcCodecOptions = {}): Codec {
  const { params, underscore = false, binary: acceptBinary = true, batch = 1000 } = options;

  function paramsOf(name: string, received: unknown): unknown {
    if (params === undefined) return checkParams(received);
    const names = Object.hasOwn(params, name) ? params[name] : undefined;
    return names === undefined ? received : nameParams(received, names);
  }

  function decodeRequest(request: unknown, text: string): DecodedCommand {
    if (!isJsonObject(request)) return refusal('INVALID', 'The request is no object', 'shape');
    const method = memberOf(request, 'method');
    if (method === undefined) {
      return refusal('UNKNOWN_COMMAND', 'The request has no method', 'absent');
    }
    if (typeof method !== 'string') {
      return refusal('UNKNOWN_COMMAND', 'method is no string', 'type');
    }
    const name = underscore ? method.replaceAll('_', '.') : method;
    const data = paramsOf(name, memberOf(request, 'params'));
    if (data instanceof SluiceError) return data;
    return { name, data, text, id: memberOf(request, 'id') };
  }

  return {
    decode(payload, binary): readonly DecodedCommand[] {
      const { text, value } = decodeJsonFrame(payload, binary, acceptBinary);
      if (!Array.isArray(value)) return [decodeRequest(value, text)];
      if (value.length > batch) {
        return [refusal('LIMIT', `The batch has more than ${batch} requests`, 'batch')];
      }
      return value.map((request) => decodeRequest(request, text));
    },

    reply(result: unknown, { id }: Command): unknown {
      if (id === undefined || id === null) return undefined;
      return { id, error: null, result: result === undefined ? null : result };
    },

    encode: stringifyJson,

    requestSchema: (method, data) => ({
      type: 'object',
      properties: { id: true, method: { const: method }, params: data },
      required: ['method'],
    }),
  };
}

function refusal(
  code: 'INVALID' | 'UNKNOWN_COMMAND' | 'LIMIT',
  message: string,
  reason: string,
): SluiceError {
  return new SluiceError(code, message, { details: { reason } });
}
