/** The protocol of NATS as far as a benchmark needs it: lines, and `MSG subject sid size` with as many bytes behind it. */
const LINE_END = Buffer.from('\r\n');
const [M, P, I] = [0x4d, 0x50, 0x49];

export const NATS_CONNECT = 'CONNECT {"verbose":false,"pedantic":false}\r\n';
export const NATS_PONG = 'PONG\r\n';

export const isNatsMessage = (bytes: Buffer, start: number): boolean => bytes[start] === M;

export const isNatsPing = (bytes: Buffer, start: number): boolean =>
  bytes[start] === P && bytes[start + 1] === I;

/** Where the packet that begins at `start` ends; undefined if its first line is not complete. */
export function natsPacketEnd(bytes: Buffer, start: number, end: number): number | undefined {
  const lineEnd = bytes.indexOf(LINE_END, start);
  if (lineEnd < 0 || lineEnd >= end) return undefined;
  const next = lineEnd + LINE_END.length;
  if (!isNatsMessage(bytes, start)) return next;
  const size = Number(bytes.toString('latin1', bytes.lastIndexOf(' ', lineEnd) + 1, lineEnd));
  return next + size + LINE_END.length;
}
