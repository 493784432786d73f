/**
 * What the writer sends: some events in a row. Layout: version, flags, 16 bytes of the writer's identity (start time, random
 * number), number of the first event, count; then each event with its length before it, big-endian.
 *
 * Events are encoded by structured clone, as `v8.serialize` writes it: bigints of any length, byte arrays, dates, maps, sets
 * and `undefined` arrive as they were. Every supported Node.js reads what the others write.
 */
import { SluiceError, type FannedEvent } from '@sluice/engine';
import { deserialize, serialize } from 'node:v8';

const VERSION = 1;
const HEADER_BYTES = 30;
const LENGTH_BYTES = 4;
const LAST = 1;

/** One run of a writer, from its first event on. Of two, the one that started later is the writer. */
export interface WriterRun {
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** 16 hexadecimal digits, random. */
  readonly id: string;
}

/** A decoded frame. */
export interface FanFrame {
  readonly run: WriterRun;
  /** Number of the first event of this run's; of an empty frame, of the next one. */
  readonly first: number;
  readonly count: number;
  /** Whether the writer ended in order, with nothing to follow. */
  readonly last: boolean;
  /** Decodes the events from number `from` on. */
  readonly events: (from: number) => Iterable<FannedEvent>;
}

type Packed = [type: string, time: number, group: number | undefined, data: unknown];

/** @throws SluiceError `INVALID` if the data has functions, symbols, or other things that cannot leave the process. */
export function packEvent({ type, time, group, data }: FannedEvent): Uint8Array {
  try {
    return serialize([type, time, group, data] satisfies Packed);
  } catch (cause) {
    throw new SluiceError('INVALID', `'${type}' cannot be sent to other nodes`, { cause });
  }
}

/** Bytes of a frame of these events. */
export function frameBytes(events: readonly Uint8Array[]): number {
  return events.reduce((sum, event) => sum + LENGTH_BYTES + event.length, HEADER_BYTES);
}

export function encodeFrame(
  { startedAt, id }: WriterRun,
  first: number,
  events: readonly Uint8Array[],
  last = false,
): Uint8Array {
  const frame = Buffer.allocUnsafe(frameBytes(events));
  frame[0] = VERSION;
  frame[1] = last ? LAST : 0;
  frame.writeDoubleBE(startedAt, 2);
  frame.writeBigUInt64BE(BigInt(`0x${id}`), 10);
  frame.writeDoubleBE(first, 18);
  frame.writeUInt32BE(events.length, 26);
  let at = HEADER_BYTES;
  for (const event of events) {
    at = frame.writeUInt32BE(event.length, at);
    frame.set(event, at);
    at += event.length;
  }
  return frame;
}

/** @returns undefined for what another release may have sent. */
export function decodeFrame(bytes: Uint8Array): FanFrame | undefined {
  const frame = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (frame.length < HEADER_BYTES || frame[0] !== VERSION) return undefined;
  const first = frame.readDoubleBE(18);
  const count = frame.readUInt32BE(26);
  return {
    run: {
      startedAt: frame.readDoubleBE(2),
      id: frame.readBigUInt64BE(10).toString(16).padStart(16, '0'),
    },
    first,
    count,
    last: frame[1] === LAST,
    events: (from) => unpack(frame, count, from - first),
  };
}

function* unpack(frame: Buffer, count: number, skip: number): Iterable<FannedEvent> {
  let at = HEADER_BYTES;
  for (let index = 0; index < count; index++) {
    const length = frame.readUInt32BE(at);
    const start = at + LENGTH_BYTES;
    at = start + length;
    if (index < skip) continue;
    const [type, time, group, data] = deserialize(frame.subarray(start, at)) as Packed;
    yield { type, time, ...(group === undefined ? {} : { group }), data };
  }
}
