/** Makes two recordings comparable: gets one message, parsed when it is JSON, returns what to compare. */
export type Normaliser = (message: unknown) => unknown;

/**
 * Leaves members out, at any depth.
 * @param names For instance `timestamp`.
 */
export function dropMembers(...names: string[]): Normaliser {
  const dropped = new Set(names);
  return mapObjects((entries) => entries.filter(([name]) => !dropped.has(name)));
}

/** Replaces the values of the members called `name`, at any depth; a constant hides the value only. */
export function mapMember(name: string, map: (value: unknown) => unknown): Normaliser {
  return mapObjects((entries) =>
    entries.map(([key, value]) => [key, key === name ? map(value) : value]),
  );
}

type Entries = [name: string, value: unknown][];

function mapObjects(map: (entries: Entries) => Entries): Normaliser {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      map(Object.entries(value)).map(([name, part]) => [name, visit(part)]),
    );
  };
  return visit;
}
