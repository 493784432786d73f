import type { TestClient } from '@sluice/testing';
import type { HistoryVertex } from '../../src/index.js';
import { XPUB } from './wallet-keys.js';

/** Any message of a history stream. */
export interface Frame {
  readonly type: string;
  readonly id: string;
  readonly seq?: number;
  readonly index?: number;
  readonly address?: string;
  readonly window_size?: number | null;
  readonly subscribed?: boolean;
  readonly data?: HistoryVertex;
  readonly errmsg?: string;
}

/** Takes frames up to `end` or an error. */
export function streamed(client: TestClient): Promise<Frame[]> {
  return client.untilJson<Frame>(
    ({ type }) => type === 'stream:history:end' || type === 'stream:history:error',
  );
}

/** A frame in a few words: `begin`, `address 3`, `vertex <id>`, `end`, or the text of the error. */
export function inWords({ type, index, data, errmsg }: Frame): string {
  const kind = type.replace('stream:history:', '');
  if (kind === 'error') return errmsg ?? '';
  if (kind === 'address') return `address ${index}`;
  return kind === 'vertex' ? `vertex ${data?.tx_id}` : kind;
}

/** The error that a request is answered with. */
export async function refusal(client: TestClient, request: object): Promise<Frame> {
  client.send(request);
  return client.nextJson<Frame>();
}

/** A request to stream the wallet of tests. */
export const xpub = (members: object = {}): object => ({
  type: 'request:history:xpub',
  id: 's',
  xpub: XPUB,
  ...members,
});
/** A first request to stream addresses. */
export const manual = (members: object = {}): object => ({
  type: 'request:history:manual',
  id: 's',
  first: true,
  ...members,
});
/** Number and address of each address frame. */
export const addressesOf = (frames: readonly Frame[]): unknown[] =>
  frames
    .filter(({ address }) => address !== undefined)
    .map(({ index, address }) => [index, address]);
