/** How values are put together: lists and objects with their members in order (contract 6). */
import { stringifyJson } from '@sluice/engine';
import { inside, refuse, wireType, type WireType } from './wire-type.js';

/** A member on the wire, and where its value comes from: a member of the same name unless told otherwise. */
export type Member = readonly [name: string, type: WireType, from?: readonly string[]];

/** Settings of an {@link object}. */
export interface ObjectOptions {
  /** Whether members that are not listed follow, in the order of the source, as they are; default false. */
  readonly keepsOthers?: boolean;
}

/** An object with exactly these members; whatever else the source has is left out. */
export function object(
  members: readonly Member[],
  { keepsOthers = false }: ObjectOptions = {},
): WireType {
  const listed = new Set(members.map(([name]) => name));
  const schema = {
    type: 'object',
    properties: Object.fromEntries(members.map(([name, type]) => [name, type.schema])),
    required: [...listed],
    additionalProperties: keepsOthers,
  };
  return wireType(schema, (value) => {
    const source = asObject(value);
    const written = members.map(
      ([name, type, from = [name]]) => `"${name}":${writeMember(source, from, type)}`,
    );
    if (keepsOthers) {
      for (const [name, other] of Object.entries(source)) {
        if (!listed.has(name)) written.push(`${JSON.stringify(name)}:${stringifyJson(other)}`);
      }
    }
    return `{${written.join(',')}}`;
  });
}

/** An array; never null and never left out, `[]` if it is empty. */
export function list(element: WireType, length?: number): WireType {
  const size = length === undefined ? {} : { minItems: length, maxItems: length };
  return wireType({ type: 'array', items: element.schema, ...size }, (value) => {
    if (!Array.isArray(value)) return refuse('no array');
    if (length !== undefined && value.length !== length) refuse(`not ${String(length)} elements`);
    const elements = (value as readonly unknown[]).map((item, index) =>
      inside(String(index), () => element(item)),
    );
    return `[${elements.join(',')}]`;
  });
}

function writeMember(source: object, from: readonly string[], type: WireType): string {
  const [name, ...rest] = from;
  if (name === undefined) return type(source);
  const value = (source as Record<string, unknown>)[name];
  return inside(name, () =>
    rest.length === 0 ? type(value) : writeMember(asObject(value), rest, type),
  );
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : refuse('no object');
}
