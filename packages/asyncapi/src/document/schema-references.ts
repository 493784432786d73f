/** References between the schemas of one gateway, whose names get a prefix in the document. */
import type { JsonSchema } from '@sluice/engine';

const PREFIX = '#/components/schemas/';

/** A schema whose references name what `rename` makes of them. */
export function renameReferences(schema: JsonSchema, rename: (name: string) => string): JsonSchema {
  return renameIn(schema, rename) as JsonSchema;
}

function renameIn(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameIn(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string' && member.startsWith(PREFIX)
        ? PREFIX + rename(member.slice(PREFIX.length))
        : renameIn(member, rename),
    ]),
  );
}
