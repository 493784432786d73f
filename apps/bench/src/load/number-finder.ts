const ZERO = 0x30;

/**
 * Finds the first decimal number behind a piece of text such as `"id":` or `"amount":"`. Messages of one server are alike, so
 * it looks first where it found the text last time.
 */
export class NumberFinder {
  private readonly mark: Buffer;
  private lastAt = 0;

  constructor(text: string) {
    this.mark = Buffer.from(text);
  }

  /** @returns undefined if there is no such number between the two offsets. */
  find(bytes: Buffer, start: number, end: number): number | undefined {
    if (!this.isAt(bytes, start + this.lastAt, end)) {
      const at = bytes.subarray(start, end).indexOf(this.mark);
      if (at < 0) return undefined;
      this.lastAt = at;
    }
    const first = start + this.lastAt + this.mark.length;
    let value = 0;
    let position = first;
    for (; position < end; position++) {
      const digit = (bytes[position] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    return position === first ? undefined : value;
  }

  private isAt(bytes: Buffer, offset: number, end: number): boolean {
    const { mark } = this;
    if (offset + mark.length > end) return false;
    for (let index = 0; index < mark.length; index++) {
      if (bytes[offset + index] !== mark[index]) return false;
    }
    return true;
  }
}
