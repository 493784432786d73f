const ZERO = 0x30;

/** The first decimal number behind a piece of text such as `"id":` or `"amount":"`; undefined if there is none. */
export function numberAfter(payload: Buffer, marker: Buffer): number | undefined {
  const at = payload.indexOf(marker);
  if (at < 0) return undefined;
  let value = 0;
  let position = at + marker.length;
  const start = position;
  for (; ; position++) {
    const digit = (payload[position] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return position === start ? undefined : value;
}
