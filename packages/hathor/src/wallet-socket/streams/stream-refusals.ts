/** Why a request to a history stream is refused, in the words of contract 1.6. */
import { stringifyJson } from '@sluice/engine';
import { streamError } from '../wallet-messages.js';
import type { StreamErrorMessage } from '../wallet-messages.js';

/** Largest gap limit that a client may ask for. */
export const MAX_GAP_LIMIT = 10_000;

/** Whatever the request's id was. */
export const DISABLED = streamError('', 'Streaming history is disabled.');

export function alreadyOpen(id: string): StreamErrorMessage {
  return streamError(id, 'Streaming is already opened.');
}

export function gapTooBig(id: string): StreamErrorMessage {
  return streamError(id, `GAP limit is too big. Maximum: ${MAX_GAP_LIMIT}`);
}

/** @param xpub anything that JSON can hold. */
export function invalidXpub(id: string, xpub: unknown): StreamErrorMessage {
  const shown = typeof xpub === 'string' ? xpub : stringifyJson(xpub);
  return streamError(id, `Invalid XPub: ${shown}`);
}

export function notFound(id: string): StreamErrorMessage {
  return streamError(id, 'Streaming not found. You must send first=true in your first message.');
}

export function notOpen(id: string): StreamErrorMessage {
  return streamError(id, 'No streaming opened.');
}

export function otherId(id: string): StreamErrorMessage {
  return streamError(id, 'Current stream has a different id.');
}

export function invalidAck(id: string): StreamErrorMessage {
  return streamError(id, 'Invalid ack.');
}

export function invalidWindow(id: string): StreamErrorMessage {
  return streamError(id, 'Invalid window.');
}

export function outdatedAck(id: string, ack: number | bigint): StreamErrorMessage {
  return streamError(id, `Outdated ACK received (ack=${ack})`);
}

export function ackTooHigh(id: string, ack: number | bigint): StreamErrorMessage {
  return streamError(id, `Received ACK is higher than the last sent message (ack=${ack})`);
}
