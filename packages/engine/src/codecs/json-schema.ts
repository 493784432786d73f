/** A JSON Schema of draft 7, as data. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };
