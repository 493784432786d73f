import { isSecret, REDACTED } from './redact.js';

/** How much of a value is looked at: whatever is published, its preview costs about the same. */
const MAX_VALUES = 400;
const MAX_DEPTH = 8;
const MAX_TEXT = 500;

/** Stands for what was left out. */
const MORE = '…';

/** What a value is shown as that cannot be read. */
const UNREADABLE = '(cannot be shown)';

/** A copy of any value that is safe to show and to encode: bounded, without secrets, cycles and bigints. Never throws. */
export function preview(value: unknown): unknown {
  try {
    return new Previewer().copy('', value, 0);
  } catch {
    return UNREADABLE;
  }
}

class Previewer {
  private left = MAX_VALUES;

  copy(member: string, value: unknown, depth: number): unknown {
    this.left--;
    if (isSecret(member, value)) return REDACTED;
    switch (typeof value) {
      case 'string':
        return value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) + MORE : value;
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'bigint':
        return String(value);
      case 'object':
        return value === null ? null : this.copyObject(value, depth);
      case 'boolean':
        return value;
      default:
        return undefined;
    }
  }

  private copyObject(value: object, depth: number): unknown {
    if (depth === MAX_DEPTH || this.left <= 0) return MORE;
    if (value instanceof Uint8Array) return this.copyBytes(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (value instanceof Map) return this.copyItems(value, depth);
    if (Array.isArray(value) || value instanceof Set) return this.copyItems(value, depth);
    const copy: [string, unknown][] = [];
    for (const [member, part] of Object.entries(value)) {
      if (this.left <= 0) {
        copy.push([MORE, MORE]);
        break;
      }
      copy.push([member, this.copy(member, part, depth + 1)]);
    }
    return Object.fromEntries(copy);
  }

  private copyItems(items: Iterable<unknown>, depth: number): unknown[] {
    const copy: unknown[] = [];
    for (const item of items) {
      if (this.left <= 0) {
        copy.push(MORE);
        break;
      }
      copy.push(this.copy('', item, depth + 1));
    }
    return copy;
  }

  private copyBytes(bytes: Uint8Array): string {
    const shown = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_TEXT / 2));
    return shown.toString('hex') + (shown.length < bytes.length ? MORE : '');
  }
}
