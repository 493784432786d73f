/** Milliseconds of hashing that the rate is taken over, about. */
const MEMORY_MS = 5_000;

/** Hashes per second of several threads, from the time that they spent hashing. */
export class HashMeter {
  private hashes = 0;
  private ms = 0;

  constructor(private readonly threads: number) {}

  /** @param ms what one thread needed for the hashes. */
  add(hashes: number, ms: number): void {
    this.hashes += hashes;
    this.ms += ms;
    if (this.ms < this.threads * MEMORY_MS) return;
    this.hashes /= 2;
    this.ms /= 2;
  }

  /** 0 until something was hashed. */
  get perSecond(): number {
    return this.ms === 0 ? 0 : (this.threads * this.hashes * 1000) / this.ms;
  }
}
