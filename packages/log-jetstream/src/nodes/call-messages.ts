/** A call and its answer as they travel, by structured clone. */
import { SluiceError, type SluiceErrorCode } from '@sluice/engine';
import { deserialize, serialize } from 'node:v8';

interface Fault {
  readonly code: SluiceErrorCode;
  readonly message: string;
  readonly name: string;
}

type Answer = { readonly value: unknown } | { readonly fault: Fault };

/**
 * @param limit most bytes.
 * @throws SluiceError `INVALID` if an argument cannot leave the process, `LIMIT` if the call is too large.
 */
export function packCall(args: readonly unknown[], limit: number): Uint8Array {
  let packed: Uint8Array;
  try {
    packed = serialize(args);
  } catch (cause) {
    throw new SluiceError('INVALID', 'the arguments cannot be sent to another node', { cause });
  }
  if (packed.length <= limit) return packed;
  throw tooLarge('the call', packed, limit);
}

export function unpackCall(bytes: Uint8Array): unknown[] {
  return deserialize(bytes) as unknown[];
}

/** @param limit most bytes; a larger value is answered with a fault. */
export function packValue(value: unknown, limit: number): Uint8Array {
  const packed = serialize({ value } satisfies Answer);
  if (packed.length <= limit) return packed;
  return packFault(tooLarge('the answer', packed, limit), limit);
}

/** @param limit most bytes; of a message that does not fit the beginning is sent. */
export function packFault(error: unknown, limit: number): Uint8Array {
  const { code, message } = SluiceError.from(error);
  const name = error instanceof Error ? error.name : 'Error';
  // A character may take two bytes, and the rest of a fault takes less than half of any limit that a server may have.
  const most = Math.floor(limit / 4);
  const fault = { code, message: message.slice(0, most), name: name.slice(0, 100) };
  return serialize({ fault } satisfies Answer);
}

function tooLarge(what: string, { length }: Uint8Array, limit: number): SluiceError {
  return new SluiceError('LIMIT', `${what} has ${length} bytes, and ${limit} may be sent`, {
    details: { limit: 'max_payload', value: limit },
  });
}

/** @throws SluiceError the fault that was packed. */
export function unpackAnswer(bytes: Uint8Array): unknown {
  const answer = deserialize(bytes) as Answer;
  if ('value' in answer) return answer.value;
  const { code, message, name } = answer.fault;
  throw new SluiceError(code, message, { details: { name } });
}
