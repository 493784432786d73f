/** How much a log may keep, and how much of its volume it leaves to others. */
import { statfsSync } from 'node:fs';
import { checkRoom, SluiceError, type LogUsage } from '@sluice/engine';

/** Bounds of a log, bytes. */
export interface RoomLimits {
  /** Most bytes of events, in all streams. */
  readonly maxBytes: number;
  /** Bytes that stay free on the volume; undefined: {@link leastFree}. */
  readonly freeBytes: number | undefined;
}

/** What a volume has, bytes. */
export interface Volume {
  readonly free: number;
  readonly total: number;
}

const MOST_FREE = 1024 ** 3;
const FREE_SHARE = 0.05;

/** What a volume keeps free unless it is told otherwise: 1 GiB, of small ones a twentieth. */
export function leastFree({ total }: Volume): number {
  return Math.min(MOST_FREE, Math.floor(total * FREE_SHARE));
}

/** The volume of a directory; undefined if the system does not say. */
export function volumeOf(path: string): Volume | undefined {
  try {
    const { bavail, blocks, bsize } = statfsSync(path);
    return blocks === 0 ? undefined : { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return undefined;
  }
}

export class LogRoom {
  /** @param kept bytes of events that are there. */
  constructor(
    private readonly path: string,
    private kept: number,
    private readonly limits: RoomLimits,
    private readonly volume: () => Volume | undefined = () => volumeOf(path),
  ) {}

  get usage(): LogUsage {
    const { maxBytes } = this.limits;
    const volume = this.volume();
    const spare = volume === undefined ? Infinity : this.spareOf(volume);
    return { bytes: this.kept, limitBytes: Math.min(maxBytes, this.kept + Math.max(0, spare)) };
  }

  /**
   * Whether a stream's part of a commit has room. One that keeps no more than before has, always.
   *
   * @param others bytes of events by which the parts before it change what is kept.
   * @param growth bytes of events that are kept more, or fewer, than before.
   * @throws SluiceError `LIMIT`, with `details.reason` `log-full` or `disk-full`.
   */
  check(others: number, growth: number): void {
    if (growth <= 0) return;
    checkRoom(this.kept + others, growth, this.limits.maxBytes);
    const volume = this.volume();
    if (volume === undefined || others + growth <= this.spareOf(volume)) return;
    const limit = this.freeBytes(volume);
    const { free } = volume;
    throw new SluiceError(
      'LIMIT',
      `event log '${this.path}': ${limit} bytes of its volume stay free (freeBytes), and ${free} are; nothing was stored, ` +
        'free space and start the application again',
      { details: { path: this.path, reason: 'disk-full', limit: 'freeBytes', value: limit, free } },
    );
  }

  /** A commit has been stored. */
  changed(growth: number): void {
    this.kept += growth;
  }

  /** Bytes that the volume has to give. */
  private spareOf(volume: Volume): number {
    return volume.free - this.freeBytes(volume);
  }

  private freeBytes(volume: Volume): number {
    return this.limits.freeBytes ?? leastFree(volume);
  }
}
