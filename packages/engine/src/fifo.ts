/**
 * A first-in-first-out queue whose cost per item does not grow with its length, and which keeps nothing of what has left.
 */
export class Fifo<T extends object | number> {
  private coming: T[] = [];
  /** Came before all that is coming; the oldest is the last. */
  private leaving: T[] = [];

  get size(): number {
    return this.leaving.length + this.coming.length;
  }

  push(item: T): void {
    this.coming.push(item);
  }

  /** The oldest item, left where it is. */
  peek(): T | undefined {
    return this.leaving.at(-1) ?? this.coming[0];
  }

  /** Takes the oldest item out. */
  shift(): T | undefined {
    if (this.leaving.length === 0) {
      // An array's own shift moves everything behind it: what has come is turned round instead, once.
      [this.leaving, this.coming] = [this.coming.reverse(), this.leaving];
    }
    return this.leaving.pop();
  }

  clear(): void {
    this.coming = [];
    this.leaving = [];
  }
}
