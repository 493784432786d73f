import { Injectable } from '@nestjs/common';

/** Which addresses anybody is subscribed to: nothing is asked or built for the others. */
@Injectable()
export class SubscribedAddresses {
  private readonly subscribers = new Map<string, number>();

  /** Number of distinct addresses. */
  get size(): number {
    return this.subscribers.size;
  }

  has(address: string): boolean {
    return this.subscribers.has(address);
  }

  /** One connection more is subscribed. */
  add(address: string): void {
    this.subscribers.set(address, (this.subscribers.get(address) ?? 0) + 1);
  }

  /** One connection less is subscribed. */
  remove(address: string): void {
    const left = (this.subscribers.get(address) ?? 1) - 1;
    if (left === 0) this.subscribers.delete(address);
    else this.subscribers.set(address, left);
  }
}
