/** Finds a stream on the server, or makes it. */
import { randomUUID } from 'node:crypto';
import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream';
import { errors, nanos } from '@nats-io/transport-node';
import { SluiceError } from '@sluice/engine';
import { emptyStreamRecord } from './batch-records.js';
import { logFault } from './log-faults.js';
import type { ServerConnection } from './server-connection.js';
import type { StreamLink } from './stream-link.js';
import { emptyState, type StreamState } from './stream-state.js';

/** How streams are created. */
export interface StreamSettings {
  readonly storage: 'file' | 'memory';
  readonly replicas: number;
  /** Milliseconds. */
  readonly duplicateWindow: number;
  /** Undefined: what the stream has, or the server's own bound. */
  readonly maxBytes: number | undefined;
}

/** What is stored. */
export interface FoundStream {
  readonly state: StreamState;
  readonly lastCommit: number;
  readonly lastSeq: number;
  /** Sequence of the first message on the server. */
  readonly firstSeq: number;
  /** When the stream was made, as the server says: another one under the same name has another time. */
  readonly created: string;
}

/** Creates the JetStream stream unless it is there. @throws SluiceError if it cannot be made, or is something else's. */
export async function ensureStream(
  name: string,
  { manager }: ServerConnection,
  settings: StreamSettings,
): Promise<void> {
  const { config } = await findOrCreate(name, manager, settings).catch((cause: unknown) => {
    throw openFault(name, cause);
  });
  if (config.subjects.length !== 1 || config.subjects[0] !== name) {
    throw logFault(name, 'foreign', `it holds the subjects ${config.subjects.join(', ')}`);
  }
  const { maxBytes } = settings;
  if (maxBytes === undefined || config.max_bytes === maxBytes) return;
  await manager.streams.update(name, boundOf(settings)).catch((cause: unknown) => {
    throw openFault(name, cause);
  });
}

/** Full means full: the oldest events are forgotten by retention, and never behind its back. */
function boundOf({ maxBytes }: StreamSettings): Partial<StreamConfig> {
  return maxBytes === undefined ? {} : { max_bytes: maxBytes, discard: DiscardPolicy.New };
}

async function findOrCreate(
  name: string,
  { streams }: ServerConnection['manager'],
  settings: StreamSettings,
): Promise<StreamInfo> {
  try {
    return await streams.info(name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return streams.add({
    name,
    subjects: [name],
    retention: RetentionPolicy.Limits,
    storage: settings.storage === 'file' ? StorageType.File : StorageType.Memory,
    num_replicas: settings.replicas,
    duplicate_window: nanos(settings.duplicateWindow),
    allow_direct: true,
    deny_delete: true,
    ...boundOf(settings),
  });
}

/** Reads the state of a stream; one that is new gets its first record. */
export async function findState(link: StreamLink, epoch: string): Promise<FoundStream> {
  for (;;) {
    const found = await findStored(link);
    if (found !== undefined) return found;
    try {
      await link.publish(emptyStreamRecord(emptyState(epoch, 0, 1, {})), randomUUID(), 0);
    } catch (error) {
      // Somebody else created it at the same moment.
      if (!(error instanceof SluiceError) || error.details.reason !== 'fenced') throw error;
    }
  }
}

/** Reads the state of a stream; undefined if it has none yet. */
export async function findStored(link: StreamLink): Promise<FoundStream | undefined> {
  const info = await link.info();
  return info.state.last_seq === 0 ? undefined : lastState(link, info);
}

/** What comes after the last record that has a state belongs to a batch whose writer died: it does not count. */
async function lastState(
  link: StreamLink,
  { state: { first_seq: firstSeq, last_seq: lastSeq }, created }: StreamInfo,
): Promise<FoundStream> {
  for (let seq = lastSeq; seq >= firstSeq; seq -= 1) {
    const record = await link.record(seq);
    if (record?.state === undefined) continue;
    return { state: record.state, lastCommit: seq, lastSeq, firstSeq, created };
  }
  throw logFault(link.stream, 'purged', 'its messages were removed, and with them its epoch');
}

function isNotFound(error: unknown): boolean {
  return (
    error instanceof JetStreamApiError && error.code === Number(JetStreamApiCodes.StreamNotFound)
  );
}

function openFault(name: string, cause: unknown): SluiceError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/jetstream (is )?not enabled/i.test(message)) {
    return logFault(name, 'no-jetstream', message, { cause });
  }
  const reason = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
  if (reason instanceof errors.PermissionViolationError) {
    return logFault(name, 'permission', message, { cause });
  }
  if (cause instanceof JetStreamApiError) {
    return logFault(name, 'write-failed', `it cannot be created (${message})`, { cause });
  }
  return logFault(name, 'unreachable', `no answer (${message})`, { cause });
}
