import type { MessageTaker } from '../load/load-client.js';

/**
 * Cuts a stream whose frames say nothing into packets.
 *
 * @param endOf where the packet that begins at `start` ends, undefined if that or the rest of it is not there yet.
 */
export function packets(
  endOf: (bytes: Buffer, start: number, end: number) => number | undefined,
  take: MessageTaker,
): MessageTaker {
  let rest: Buffer | undefined;
  return (chunk, from, to) => {
    const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk.subarray(from, to)]);
    const end = rest === undefined ? to : bytes.length;
    let start = rest === undefined ? from : 0;
    for (;;) {
      const packetEnd = start < end ? endOf(bytes, start, end) : undefined;
      if (packetEnd === undefined || packetEnd > end) break;
      take(bytes, start, packetEnd);
      start = packetEnd;
    }
    rest = start === end ? undefined : Buffer.from(bytes.subarray(start, end));
  };
}
