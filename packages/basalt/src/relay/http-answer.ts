/** One question to a node over HTTP, with everything bounded that a node decides: time, size and place. */
import type { Clock } from '@sluice/engine';

/** Longest body that is read: hundreds of times what a node sends. */
const BODY_BYTES = 256 * 1024;

/** How long, and for how long at most, an answer is wanted. */
export interface HttpQuestion {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Longest time until the whole answer is there, milliseconds. */
  readonly timeoutMs: number;
}

/** What a node has answered. */
export interface HttpAnswer {
  readonly status: number;
  /** Empty unless the status is 200 to 299. */
  readonly body: string;
}

/** The source gave no answer, or one that is none. */
export class SourceAnswerError extends Error {
  override readonly name: string = 'SourceAnswerError';
}

/** The source let the time pass. */
export class SourceTimeoutError extends SourceAnswerError {
  override readonly name = 'SourceTimeoutError';
}

/**
 * Asks a node. Redirections are not followed: the source is who the operator has named.
 *
 * @throws SourceTimeoutError if it takes too long, SourceAnswerError if the body is too long, the signal's reason, or
 * what the network throws.
 */
export async function httpAnswer(
  url: string,
  { signal, clock, timeoutMs }: HttpQuestion,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  // `AbortSignal.any` would do, but its signals live as long as the longest-lived of those they follow.
  const abort = new AbortController();
  const onAbort = (): void => {
    abort.abort(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const cancel = clock.after(timeoutMs, () => {
    abort.abort(new SourceTimeoutError(`${url}: no answer within ${timeoutMs} ms`));
  });
  try {
    const response = await fetch(url, {
      signal: abort.signal,
      redirect: 'manual',
      headers: { accept: 'application/json' },
    });
    const { status, ok, body } = response;
    if (ok) return { status, body: await textOf(response, url) };
    await body?.cancel();
    return { status, body: '' };
  } finally {
    cancel();
    signal.removeEventListener('abort', onAbort);
  }
}

async function textOf({ body }: Response, url: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop cancels the rest.
    if (bytes > BODY_BYTES) throw new SourceAnswerError(`${url}: more than ${BODY_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
