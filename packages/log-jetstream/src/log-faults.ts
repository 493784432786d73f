/** Every fault of the log as one error that says what to do. `details.reason` is stable. */
import { SluiceError, type SluiceErrorCode } from '@sluice/engine';

/** What is wrong, in `details.reason`. */
export type JetStreamFaultReason =
  | 'damaged'
  | 'deleted'
  | 'fenced'
  | 'foreign'
  | 'lease-lost'
  | 'newer'
  | 'no-jetstream'
  | 'permission'
  | 'purged'
  | 'rolled-back'
  | 'storage-full'
  | 'too-large'
  | 'unreachable'
  | 'write-failed';

/** What to say of each. */
export const FAULTS: Readonly<Record<JetStreamFaultReason, readonly [SluiceErrorCode, string]>> = {
  damaged: [
    'INTERNAL',
    'restore the stream from a backup, or delete it to start with an empty log',
  ],
  deleted: ['STATE', 'restore it, or start the application again to begin with an empty log'],
  fenced: ['STATE', 'a log has one writer; close this one'],
  foreign: ['INVALID', 'choose another `stream` option, or delete the JetStream stream'],
  'lease-lost': ['STATE', 'another process may write now; open the log again to stand by'],
  newer: ['INVALID', 'upgrade this application'],
  'no-jetstream': ['INVALID', 'start nats-server with JetStream, or enable it for the account'],
  permission: ['INVALID', 'allow this user the subject of the stream and $JS.API.>'],
  purged: ['INVALID', 'delete the JetStream stream to start with an empty log'],
  'rolled-back': [
    'STATE',
    'acknowledged events are lost; open the log again to go on without them',
  ],
  'storage-full': ['LIMIT', 'nothing of the batch is stored; make room and append again'],
  'too-large': ['LIMIT', 'raise `max_payload` of the server; nothing of the batch is stored'],
  unreachable: ['STATE', 'check that the server runs and takes these credentials'],
  'write-failed': ['INTERNAL', 'nothing of the batch is stored'],
};

/** A {@link SluiceError} for `reason`, with `what` happened and what to do. */
export function logFault(
  stream: string,
  reason: JetStreamFaultReason,
  what: string,
  more: { readonly cause?: unknown; readonly details?: Readonly<Record<string, unknown>> } = {},
): SluiceError {
  const [code, advice] = FAULTS[reason];
  return new SluiceError(code, `JetStream log '${stream}': ${what}; ${advice}`, {
    details: { ...more.details, stream, reason },
    ...(more.cause === undefined ? {} : { cause: more.cause }),
  });
}

/** Whether the log can take no more appends after `error`. */
export function isFinal(error: unknown): boolean {
  return error instanceof SluiceError && FINAL.has(error.details.reason);
}

const FINAL = new Set<unknown>(['deleted', 'fenced', 'lease-lost', 'rolled-back', 'unreachable']);
