import type { Session } from '../session/session.js';
import type { StoredStream } from './stored-stream.js';
import type { StreamReader } from './stream-reader.js';

/** The sessions that one delivery brings a stream to, for those who look at them. */
export interface StreamAudience {
  /** The session's reader, if it has one. */
  find(session: Session): StreamReader | undefined;
}

const audiences = new WeakMap<StoredStream, Set<StreamAudience>>();
const NOBODY: ReadonlySet<StreamAudience> = new Set();

/** Who brings a stream to sessions at this moment. */
export function audiencesOf(stream: StoredStream): ReadonlySet<StreamAudience> {
  return audiences.get(stream) ?? NOBODY;
}

/** Makes an audience known. @returns what ends this. */
export function joinAudience(stream: StoredStream, audience: StreamAudience): () => void {
  const others = audiences.get(stream) ?? new Set();
  audiences.set(stream, others.add(audience));
  return () => others.delete(audience);
}
