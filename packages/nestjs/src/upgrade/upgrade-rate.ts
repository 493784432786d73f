import { LeakyBucket, type Clock } from '@sluice/engine';
import { isLoopback } from './address-group.js';

/** Most upgrades that an {@link UpgradeRate} lets through, per second. */
export interface UpgradeRateLimits {
  readonly upgradesPerSecond: number;
  readonly upgradesPerSecondPerAddress: number;
}

/** Rates are means over this time: what comes within it may also come at once. */
const WINDOW_S = 10;

/** Counts upgrades in time, in all and per address. Keeps nothing of an address that was not seen for two windows. */
export class UpgradeRate {
  private readonly all: LeakyBucket;
  private recent = new Map<string, LeakyBucket>();
  private older = new Map<string, LeakyBucket>();
  private turnedAt: number;

  constructor(
    private readonly limits: UpgradeRateLimits,
    private readonly clock: Clock,
  ) {
    this.all = this.bucket(limits.upgradesPerSecond);
    this.turnedAt = clock.monotonic();
  }

  /**
   * Whether another upgrade may pass. What an address has too many of takes nothing away from the others.
   *
   * @param address of the client; undefined if its own rate does not count.
   */
  accept(address: string | undefined): boolean {
    return this.acceptsAddress(address) && this.all.accept();
  }

  /** Addresses that are kept in mind. */
  get addresses(): number {
    return this.recent.size + this.older.size;
  }

  private acceptsAddress(address: string | undefined): boolean {
    if (address === undefined || isLoopback(address)) return true;
    return this.bucketOf(address).accept();
  }

  private bucketOf(address: string): LeakyBucket {
    this.forgetOld();
    let bucket = this.recent.get(address);
    if (bucket === undefined) {
      bucket = this.older.get(address) ?? this.bucket(this.limits.upgradesPerSecondPerAddress);
      this.older.delete(address);
      this.recent.set(address, bucket);
    }
    return bucket;
  }

  /** A bucket that was not asked for a window has leaked all it held. */
  private forgetOld(): void {
    const now = this.clock.monotonic();
    if (now - this.turnedAt < WINDOW_S * 1000) return;
    this.older =
      now - this.turnedAt < 2 * WINDOW_S * 1000 ? this.recent : new Map<string, LeakyBucket>();
    this.recent = new Map();
    this.turnedAt = now;
  }

  private bucket(perSecond: number): LeakyBucket {
    return new LeakyBucket(perSecond * WINDOW_S, WINDOW_S * 1000, this.clock);
  }
}
