/** What a value differs in from its shape, and where. */
export interface Fault {
  readonly at: string;
  readonly expected: string;
  readonly seen: unknown;
}

/** Says what is wrong with a value, or nothing. @param at the value's place, for the fault. */
export type Shape = (value: unknown, at: string) => Fault | undefined;

/** Shapes by member name. */
export type Members = Readonly<Record<string, Shape>>;

/** A shape that is a condition. @param expected what fits, in words. */
export function where(expected: string, fits: (value: unknown) => boolean): Shape {
  return (value, at) => (fits(value) ? undefined : { at, expected, seen: value });
}

/** Exactly this text, number, boolean or null. */
export function literal(wanted: string | number | boolean | null): Shape {
  return where(JSON.stringify(wanted), (value) => value === wanted);
}

/** A text that fits the pattern. @param words what fits, for people. */
export function text(pattern: RegExp, words: string): Shape {
  return where(words, (value) => typeof value === 'string' && pattern.test(value));
}

/** Any text. */
export const anyText: Shape = text(/^/, 'a text');

/** One of these texts. */
export function oneOf(...texts: readonly string[]): Shape {
  return where(`one of ${texts.join(', ')}`, (value) => texts.includes(value as string));
}

/** A JSON integer, all digits kept. Default bounds: 0 and 2^64-1. */
export function integer(least = 0n, most = 2n ** 64n - 1n): Shape {
  return where(`an integer from ${least} to ${most}`, (value) => {
    if (typeof value !== 'bigint' && !Number.isInteger(value)) return false;
    const exact = BigInt(value as number | bigint);
    return exact >= least && exact <= most;
  });
}

/** Any JSON number. */
export const number: Shape = where(
  'a number',
  (value) => typeof value === 'number' || typeof value === 'bigint',
);

/** A JSON boolean. */
export const boolean: Shape = where('true or false', (value) => typeof value === 'boolean');

/** Null, or what the shape says. */
export function nullable(shape: Shape): Shape {
  return (value, at) => (value === null ? undefined : shape(value, at));
}

/** The first shape's, or any of the others'; the fault is the first one's. */
export function anyOf(first: Shape, ...others: readonly Shape[]): Shape {
  return (value, at) => {
    const fault = first(value, at);
    return others.some((shape) => shape(value, at) === undefined) ? undefined : fault;
  };
}

/** A list whose items all have the shape. */
export function list(item: Shape, { least = 0, most = Infinity } = {}): Shape {
  return (value, at) => {
    if (!Array.isArray(value)) return { at, expected: 'a list', seen: value };
    if (value.length < least || value.length > most) {
      return { at, expected: `a list of ${least} to ${most} items`, seen: value };
    }
    return firstFault(value.map((each: unknown, index) => [each, item, `${at}[${index}]`]));
  };
}

/** How strict {@link object} is. */
export interface ObjectRules {
  /** Members that may be missing. Default: none. */
  readonly optional?: Members;
  /** The members come in the order given. Default: any order. */
  readonly ordered?: boolean;
}

/** An object with these members and no others. */
export function object(
  members: Members,
  { optional = {}, ordered = false }: ObjectRules = {},
): Shape {
  const known = { ...members, ...optional };
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { at, expected: 'an object', seen: value };
    }
    const record = value as Readonly<Record<string, unknown>>;
    const names = Object.keys(record);
    const missing = Object.keys(members).find((name) => !names.includes(name));
    if (missing !== undefined) return { at, expected: `a member ${missing}`, seen: value };
    const extra = names.find((name) => !Object.hasOwn(known, name));
    if (extra !== undefined) return { at, expected: `no member ${extra}`, seen: value };
    const order = Object.keys(known).filter((name) => names.includes(name));
    if (ordered && order.some((name, index) => names[index] !== name)) {
      return { at, expected: `the members ${order.join(', ')} in this order`, seen: value };
    }
    return firstFault(names.map((name) => [record[name], known[name], `${at}.${name}`]));
  };
}

function firstFault(
  parts: readonly (readonly [unknown, Shape | undefined, string])[],
): Fault | undefined {
  for (const [value, shape, at] of parts) {
    const fault = shape?.(value, at);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
