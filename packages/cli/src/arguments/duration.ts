const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Longest time that a timer of Node's can wait, milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/** Milliseconds of `250ms`, `10s`, `5m`, `1h`; a bare number is seconds. Undefined if it is none of these. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  if (match === null) return undefined;
  const ms = Math.round(Number(match[1]) * (UNITS[match[2] ?? 's'] ?? 1));
  return ms <= LONGEST_MS ? ms : undefined;
}
