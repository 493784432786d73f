/**
 * Reads requests of history streams (contract 1.2). What a node's handlers cannot cope with drops the connection, which is
 * what `INVALID` means on this socket.
 */
import { SluiceError } from '@sluice/engine';
import type { AddressItem } from './address-source.js';
import type { WindowSize } from './stream-window.js';

/** A request as it came; every member may be anything. */
export type StreamRequest = Readonly<Record<string, unknown>>;

const DEFAULT_GAP_LIMIT = 20;

/** The `id` of an opening request. @throws SluiceError `INVALID` unless it is a string. */
export function requiredId({ id }: StreamRequest): string {
  if (typeof id === 'string') return id;
  throw drop('id must be a string');
}

/** The `id` of an ack or stop. @throws SluiceError `INVALID` unless it is a string or absent. */
export function optionalId(request: StreamRequest): string {
  return request.id === undefined ? '' : requiredId(request);
}

/** The `xpub`, whatever it is. @throws SluiceError `INVALID` if it is absent. */
export function requiredXpub({ xpub }: StreamRequest): unknown {
  if (xpub !== undefined) return xpub;
  throw drop('xpub is missing');
}

/** @throws SluiceError `INVALID` unless it is a number or absent. */
export function gapLimit(request: StreamRequest): number {
  const limit = request['gap-limit'];
  return limit === undefined ? DEFAULT_GAP_LIMIT : Number(numeric('gap-limit', limit));
}

/** @throws SluiceError `INVALID` unless it is a number, null or absent. */
export function windowSize(request: StreamRequest): WindowSize {
  const size = request['window-size'];
  return size === undefined || size === null ? null : numeric('window-size', size);
}

/** Number of the first child of a key. @throws SluiceError `INVALID` unless it is an integer from 0 on, or absent. */
export function firstIndex(request: StreamRequest): number {
  const { 'first-index': index = 0 } = request;
  if (Number.isSafeInteger(index) && Number(index) >= 0) return Number(index);
  throw drop('first-index must be an integer from 0 on');
}

/** The `[index, address]` pairs. @throws SluiceError `INVALID` if it is no list, or anything in it is no such pair. */
export function addressItems({ addresses = [] }: StreamRequest): readonly AddressItem[] {
  if (!Array.isArray(addresses)) throw drop('addresses must be a list');
  return addresses.map((pair: unknown) => {
    if (Array.isArray(pair) && pair.length === 2) {
      const [index, address] = pair as readonly unknown[];
      if (isNumeric(index) && typeof address === 'string') {
        return { index, address };
      }
    }
    throw drop('addresses must be pairs of a number and a text');
  });
}

function numeric(name: string, value: unknown): number | bigint {
  if (isNumeric(value)) return value;
  throw drop(`${name} must be a number`);
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function drop(message: string): SluiceError {
  return new SluiceError('INVALID', message);
}
