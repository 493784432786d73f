/** The header of a client's frame (RFC 6455 §5.2), gathered from whatever pieces it comes in. */

const CLOSE = 8;
const LONGEST_CONTROL = 125;

export class FrameHeader {
  private readonly gathered = Buffer.alloc(14);
  private size = 0;

  /** @returns how many of the bytes from `at` on belong to the header. */
  push(bytes: Buffer, at: number): number {
    let taken = 0;
    while (!this.complete && at + taken < bytes.length) {
      this.gathered[this.size++] = bytes[at + taken++] ?? 0;
    }
    return taken;
  }

  get complete(): boolean {
    return this.size >= 2 && this.size === this.maskAt + (this.isMasked ? 4 : 0);
  }

  /** The header itself. */
  get bytes(): Buffer {
    return this.gathered.subarray(0, this.size);
  }

  get isFinal(): boolean {
    return (this.first & 0x80) !== 0;
  }

  get opcode(): number {
    return this.first & 0x0f;
  }

  get isControl(): boolean {
    return this.opcode >= CLOSE;
  }

  get isClose(): boolean {
    return this.opcode === CLOSE;
  }

  /** Bytes of the payload; above 2^53 not exact. */
  get length(): number {
    if (this.shortLength === 126) return this.gathered.readUInt16BE(2);
    if (this.shortLength === 127) return Number(this.gathered.readBigUInt64BE(2));
    return this.shortLength;
  }

  /** Whether enough is there to see what kind of frame it is. */
  get isBegun(): boolean {
    return this.size >= 2;
  }

  /** Whether no client without extensions may send such a frame, whatever came before it: told by its first two bytes. */
  get isBroken(): boolean {
    if (!this.isBegun) return false;
    if ((this.first & 0x70) !== 0 || !this.isMasked) return true;
    if (!this.isControl) return this.opcode > 2;
    const isTooLong = this.shortLength > LONGEST_CONTROL;
    // A code has two bytes.
    return (
      this.opcode > CLOSE + 2 || !this.isFinal || isTooLong || (this.isClose && this.length === 1)
    );
  }

  /** Whether the payload is longer than anyone can count: told before the mask is there. */
  get isEndless(): boolean {
    return this.shortLength === 127 && this.size >= 10 && !Number.isSafeInteger(this.length);
  }

  /** Takes the mask off a piece of the payload, in place. @param offset of the piece in the payload. */
  unmask(piece: Buffer, offset: number): void {
    const { gathered, maskAt } = this;
    for (let index = 0; index < piece.length; index++) {
      const mask = gathered[maskAt + ((offset + index) & 3)] ?? 0;
      piece[index] = (piece[index] ?? 0) ^ mask;
    }
  }

  private get first(): number {
    return this.gathered[0] ?? 0;
  }

  private get isMasked(): boolean {
    return ((this.gathered[1] ?? 0) & 0x80) !== 0;
  }

  private get shortLength(): number {
    return (this.gathered[1] ?? 0) & 0x7f;
  }

  private get maskAt(): number {
    if (this.shortLength === 126) return 4;
    return this.shortLength === 127 ? 10 : 2;
  }
}
