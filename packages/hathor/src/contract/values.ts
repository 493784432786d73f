/** Values of the three sockets as JSON Schema (contract 0.1). */
import { objectSchema, type JsonSchema } from '@sluice/engine';

export const HASH = { type: 'string', pattern: '^[0-9a-f]{64}$' };
export const HEX = { type: 'string', pattern: '^(?:[0-9a-f]{2})*$' };
export const INTEGER = { type: 'integer' };
export const COUNT = { type: 'integer', minimum: 0 };
export const BIG = { ...COUNT, description: 'Of any size: all digits count.' };
export const SECONDS = { ...COUNT, description: 'Unix seconds.' };
export const TEXT = { type: 'string' };
export const AMOUNT = { ...COUNT, description: 'Atomic units; a bit mask for an authority.' };
export const TOKEN_DATA = {
  ...COUNT,
  maximum: 255,
  description: 'Low 7 bits: index of the token, 0 native. Bit 7: authority.',
};
export const VERSION = {
  ...COUNT,
  description:
    '0 block, 1 transaction, 2 token creation, 3 merge-mined block, 5 proof-of-authority block, 6 blueprint.',
};
export const SCRIPT = { type: 'string', description: 'Base64.' };

export function list(items: JsonSchema): Readonly<Record<string, unknown>> {
  return { type: 'array', items };
}

export function nullable(schema: JsonSchema): Readonly<Record<string, unknown>> {
  return { anyOf: [schema, { type: 'null' }] };
}

/** A reference to a shared schema. */
export function shared(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A script in readable form, P2PKH or MultiSig. */
export const DECODED_SCRIPT = objectSchema({
  type: { enum: ['P2PKH', 'MultiSig'] },
  address: TEXT,
  timelock: nullable(SECONDS),
});

/** No member: any other script. */
export const UNDECODABLE = objectSchema({});
