/** Texts of the wire as JSON Schema: every scalar that the server sends is one (contract 3.1). */
import { objectSchema, type JsonSchema } from '@sluice/engine';

export const COUNT = { type: 'string', pattern: '^(?:0|[1-9][0-9]*)$' };
export const MILLISECONDS = { ...COUNT, description: 'Unix milliseconds.' };
export const RAW = { ...COUNT, description: 'Raw.' };
export const HASH = { type: 'string', pattern: '^[0-9A-F]{64}$' };
export const SIGNATURE = { type: 'string', pattern: '^[0-9A-F]{128}$' };
export const HEX64 = { type: 'string', pattern: '^[0-9a-f]{16}$' };
export const MULTIPLIER = { type: 'string', pattern: '^[0-9]+\\.[0-9]{15}$' };
export const ACCOUNT = {
  type: 'string',
  pattern: '^nano_[13][13456789abcdefghijkmnopqrstuwxyz]{59}$',
};

/** A list, which is an empty text if there is nothing in it. */
export function list(items: JsonSchema): JsonSchema {
  return { oneOf: [{ type: 'array', items, minItems: 1 }, { const: '' }] };
}

/** A reference to a shared schema. */
export function shared(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A notification (contract 5.1). @param beside members between `time` and `message`. */
export function notification(
  topic: string,
  message: JsonSchema,
  beside: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return objectSchema({
    topic: { const: topic },
    time: { ...MILLISECONDS, description: 'When the message was built, Unix milliseconds.' },
    ...beside,
    message,
  });
}
