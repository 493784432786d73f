/** A call and its answer as they travel, by structured clone. */
import { SluiceError, type SluiceErrorCode } from '@sluice/engine';
import { deserialize, serialize } from 'node:v8';

interface Fault {
  readonly code: SluiceErrorCode;
  readonly message: string;
  readonly name: string;
}

type Answer = { readonly value: unknown } | { readonly fault: Fault };

export function packCall(args: readonly unknown[]): Uint8Array {
  return serialize(args);
}

export function unpackCall(bytes: Uint8Array): unknown[] {
  return deserialize(bytes) as unknown[];
}

/** @param limit most bytes; a larger value is answered with a fault. */
export function packValue(value: unknown, limit: number): Uint8Array {
  const packed = serialize({ value } satisfies Answer);
  if (packed.length <= limit) return packed;
  return packFault(
    new SluiceError('LIMIT', `the answer has ${packed.length} bytes, and ${limit} may be sent`),
  );
}

export function packFault(error: unknown): Uint8Array {
  const { code, message } = SluiceError.from(error);
  const name = error instanceof Error ? error.name : 'Error';
  return serialize({ fault: { code, message, name } } satisfies Answer);
}

/** @throws SluiceError the fault that was packed. */
export function unpackAnswer(bytes: Uint8Array): unknown {
  const answer = deserialize(bytes) as Answer;
  if ('value' in answer) return answer.value;
  const { code, message, name } = answer.fault;
  throw new SluiceError(code, message, { details: { name } });
}
