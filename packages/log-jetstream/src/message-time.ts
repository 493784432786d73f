/**
 * When the server has stored a message, to the nanosecond: another message at the same sequence, in a stream that was set back
 * or made anew, has another time.
 */

/** From how messages tell it that were asked for one by one: RFC 3339. @returns Unix nanoseconds. */
export function timeOfText(text: string): bigint {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  const seconds = BigInt(Math.floor(Date.parse(text) / 1000));
  return seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
}

/** From the address for acknowledgements of a message that came by a consumer. @returns Unix nanoseconds. */
export function timeOfReply(reply: string): bigint {
  const parts = reply.split('.');
  // Newer servers put domain and account before the stream.
  return BigInt(parts[parts.length === 9 ? 7 : 9] ?? 0);
}
