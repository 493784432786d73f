import { readText } from '../reading/read-members.js';
import { memberOf, type TextTree } from '../reading/text-tree.js';

/** What `since` asks for. */
export type ResumePoint =
  | { readonly from: 'now' }
  | { readonly from: 'earliest' }
  | { readonly from: 'cursor'; readonly cursor: string };

/** What a subscription with `since` or `window` asks for. */
export interface ResumeWish {
  readonly point: ResumePoint;
  /** Most confirmations that may be on their way unacknowledged; undefined: any number. */
  readonly window: number | undefined;
}

/** Largest window: each message in it costs the server a number. */
const MAX_WINDOW = 10_000;

/** `since` and `window`; undefined if the options have neither. A window that is unreadable counts as absent. */
export function readResume(options: TextTree): ResumeWish | undefined {
  const size = /^[1-9][0-9]{0,5}$/.exec(readText(options, 'window'));
  if (memberOf(options, 'since') === undefined && size === null) return undefined;
  return {
    point: resumePoint(readText(options, 'since')),
    window: size === null ? undefined : Math.min(Number(size[0]), MAX_WINDOW),
  };
}

function resumePoint(since: string): ResumePoint {
  if (since === '' || since === 'now') return { from: 'now' };
  if (since === 'earliest') return { from: 'earliest' };
  return { from: 'cursor', cursor: since };
}

/**
 * Position of a stored confirmation as clients see it; opaque to them. It counts the confirmations up to there, so that the
 * beginning of a log has one too.
 */
export function cursorText(id: number, epoch: string): string {
  return `${id + 1}.${epoch}`;
}

/** Id of the confirmation at a cursor, -1 for the beginning; undefined if it is none, or of another epoch. */
export function cursorPosition(cursor: string, epoch: string): number | undefined {
  const [, count, itsEpoch] = /^([0-9]{1,15})\.(.+)$/.exec(cursor) ?? [];
  return count !== undefined && itsEpoch === epoch ? Number(count) - 1 : undefined;
}
