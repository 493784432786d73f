import type { JsonSchema } from '@sluice/engine';

/** Writes one kind of value as JSON text. */
export interface WireType {
  (value: unknown): string;
  /** Of that text, for documents. */
  readonly schema: JsonSchema;
}

/** A wire type of its two halves. */
export function wireType(schema: JsonSchema, write: (value: unknown) => string): WireType {
  return Object.assign((value: unknown) => write(value), { schema });
}

/** A value that has no form on the wire. */
export class WireError extends Error {
  override readonly name = 'WireError';

  /** @param path where in the event the value stands, from the outside in. */
  constructor(
    readonly path: readonly string[],
    readonly fault: string,
  ) {
    super(`${path.join('.')}: ${fault}`);
  }

  /** The same fault, seen from one level further out. */
  within(member: string): WireError {
    return new WireError([member, ...this.path], this.fault);
  }
}

/** Runs `write` for a value inside `member`, so that a fault names its place. */
export function inside(member: string, write: () => string): string {
  try {
    return write();
  } catch (error) {
    throw error instanceof WireError ? error.within(member) : error;
  }
}

/** @throws WireError always. */
export function refuse(fault: string): never {
  throw new WireError([], fault);
}
