const SLAB_BYTES = 64 * 1024;

/**
 * Memory for the copies of one page. LMDB's read buffer is overwritten by the next read, and an own buffer per small
 * event costs more than the copy itself, so events share slabs. A page's slabs go when its last event is dropped.
 */
export class Slab {
  private buffer: Buffer | undefined;
  private used = 0;

  /** @param expected Bytes the page will need, roughly; avoids a large slab for a small page. */
  constructor(private readonly expected: number) {}

  /** A lasting copy of `bytes`. */
  copy(bytes: Uint8Array): Buffer {
    const size = bytes.length;
    if (this.buffer === undefined || this.used + size > this.buffer.length) {
      this.buffer = Buffer.allocUnsafeSlow(Math.max(size, Math.min(this.expected, SLAB_BYTES)));
      this.used = 0;
    }
    const start = this.used;
    this.used += size;
    this.buffer.set(bytes, start);
    return this.buffer.subarray(start, start + size);
  }
}
