/** A JSON Schema of draft 7, as data. */
export type JsonSchema = boolean | Readonly<Record<string, unknown>>;

/**
 * Schema of an object with these members; one that may be left out ends in `?`.
 *
 * @param others schema of members with other names; default: there are none.
 */
export function objectSchema(
  members: Readonly<Record<string, JsonSchema>>,
  others: JsonSchema = false,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(members);
  const required = names.filter((name) => !name.endsWith('?'));
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(members).map(([name, schema]) => [name.replace(/\?$/, ''), schema]),
    ),
    ...(required.length > 0 && { required }),
    ...(others !== true && { additionalProperties: others }),
  };
}
