/** Sees, by comparing many clients of one server, what one of them missed where the messages have no numbers. */
import type { Finding } from '../dialects/client-dialect.js';

/** One of the compared clients. */
export interface OrderedClient {
  /** The client got a message. @returns what is wrong about it. */
  take(key: string): readonly Finding[];
}

export class CommonOrder {
  /** Keys in the order in which the quickest client got them; one may come more than once. */
  private keys: string[] = [];
  /** Position of the first one that is remembered. */
  private base = 0;

  /** @param remembered messages that are remembered at most; beyond, the older half is forgotten. Default 100 000. */
  constructor(private readonly remembered = 100_000) {}

  /** A client that is compared from its next message on. */
  join(): OrderedClient {
    let expected: number | undefined;
    return {
      take: (key) => {
        const found = this.place(key, expected);
        if (found === undefined) {
          return [{ kind: 'disorder', text: `${key} came to one client in another place` }];
        }
        const missing = expected === undefined ? 0 : found - expected;
        expected = found + 1;
        const text = `${String(missing)} messages before ${key} came to other clients only`;
        return missing === 0 ? [] : [{ kind: 'gap', count: missing, text }];
      },
    };
  }

  /** Where the message is that a client got; the first client to get it decides. Undefined: nowhere after `expected`. */
  private place(key: string, expected: number | undefined): number | undefined {
    const end = this.base + this.keys.length;
    if (expected === undefined) {
      const at = this.keys.lastIndexOf(key);
      return at < 0 ? this.append(key) : this.base + at;
    }
    if (expected === end) return this.append(key);
    const start = Math.max(0, expected - this.base);
    const at = this.keys[start] === key ? start : this.keys.indexOf(key, start);
    return at < 0 ? undefined : this.base + at;
  }

  private append(key: string): number {
    if (this.keys.length >= this.remembered) {
      const forgotten = Math.ceil(this.remembered / 2);
      this.base += forgotten;
      this.keys = this.keys.slice(forgotten);
    }
    this.keys.push(key);
    return this.base + this.keys.length - 1;
  }
}
