import { expectSame, expectShape } from '../../judging/expect.js';
import { anyText, integer, literal, nullable, object, type Members } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';
import { historyVertex } from './vertex-shapes.js';
import { WalletPeer, type HistoryVertex } from './wallet-peer.js';

/**
 * An extended public key that belongs to nobody (`m/44'/280'/0'/0` of the seed SHA-512 of "sluice conformance"), and the hashes of
 * the public keys of its children: what a server must derive. On a real network none of them has a history.
 */
export const UNUSED_KEY = {
  xpub: 'xpub6EfLReFGGcSua3qFudbqETfDFoCbBk19n1ASRbvPZdAWncd2bNNYsTgH3AN3AxRFj7WHYqHgHwKpb5P9Mk7rZSQziaPLSrkScFXbQcxM2Pz',
  hashes: new Map([
    [0, '803ea92273d1212bd571c6f7ebe01bceaea4acfc'],
    [1, '22467cd506d5c7f91ab276860e98a209a9aae54a'],
    [2, '93749b99fe0aecd48cf3c6547d51d7440e7eb933'],
    [8, 'a0e382b3daf4082334c8c8b88a3ecc202b49bf25'],
    [9, '080fcc524b3ffd1653cdbb122460a58849dcc8e1'],
  ]),
} as const;

/** A frame of a stream, as far as checks look into it. */
export interface StreamFrame {
  readonly type: string;
  readonly id: string;
  readonly seq?: number;
  readonly index?: number;
  readonly address?: string;
  readonly errmsg?: string;
  readonly window_size?: number | null;
  readonly data?: HistoryVertex;
}

const FRAMES: Readonly<Record<string, Members>> = {
  'stream:history:begin': { seq: integer(0n, 0n), window_size: nullable(integer()) },
  'stream:history:address': {
    seq: integer(),
    index: integer(),
    address: anyText,
    subscribed: literal(true),
  },
  'stream:history:vertex': { seq: integer(), data: historyVertex() },
  'stream:history:end': { seq: integer() },
};

/** The last part of a frame's type. */
export const kindOf = ({ type }: StreamFrame): string => type.slice(type.lastIndexOf(':') + 1);

/** A client of the wallet socket that opens history streams. */
export class StreamPeer {
  private constructor(readonly wallet: WalletPeer) {}

  static async connect(context: CheckContext): Promise<StreamPeer> {
    return new StreamPeer(await WalletPeer.connect(context));
  }

  /** Opens a stream of the unused key. */
  openXpub(options: object = {}, id = 'x'): void {
    const { xpub } = UNUSED_KEY;
    this.send({ type: 'request:history:xpub', id, xpub, ...options });
  }

  /** Asks for addresses. */
  manual(options: object, id = 'm'): void {
    this.send({ type: 'request:history:manual', id, ...options });
  }

  /** Acknowledges. */
  ack(ack: unknown, options: object = {}, id = 'x'): void {
    this.send({ type: 'request:history:ack', id, ack, ...options });
  }

  /** Stops. */
  stop(id = 'x'): void {
    this.send({ type: 'request:history:stop', id });
  }

  /** The next frames. @throws Mismatch unless they have their members and the sequence has no gap. @param from first seq. */
  async frames(count: number, from = 0, id = 'x'): Promise<StreamFrame[]> {
    const frames: StreamFrame[] = [];
    while (frames.length < count) frames.push(await this.frame(from + frames.length, id));
    return frames;
  }

  /** All frames up to the end of the stream. */
  async whole(id = 'x'): Promise<StreamFrame[]> {
    const frames: StreamFrame[] = [];
    do frames.push(await this.frame(frames.length, id));
    while (frames.at(-1)?.type !== 'stream:history:end');
    return frames;
  }

  /** @throws Mismatch unless the next answer is this error. */
  async expectError(errmsg: string, id = 'x'): Promise<void> {
    const wanted = { type: 'stream:history:error', id, errmsg };
    expectSame(await this.wallet.answer(), wanted, 'answer');
  }

  /** @throws Mismatch if there is an answer to what was sent. */
  async expectNothing(): Promise<void> {
    await this.wallet.expectNoAnswer();
  }

  private async frame(seq: number, id: string): Promise<StreamFrame> {
    const frame = (await this.wallet.answer()) as unknown as StreamFrame;
    expectSame({ id: frame.id, seq: frame.seq }, { id, seq }, 'id and seq of the frame');
    const members = FRAMES[frame.type] ?? { type: literal('stream:history:…') };
    expectShape(frame, object({ type: anyText, id: anyText, ...members }), 'frame');
    return frame;
  }

  private send(request: object): void {
    this.wallet.client.send(request);
  }
}

/** Addresses of the server's network that nobody uses. */
export async function unusedAddresses(context: CheckContext, count: number): Promise<string[]> {
  const peer = await StreamPeer.connect(context);
  peer.openXpub({ 'gap-limit': count, 'first-index': 100 });
  const frames = await peer.whole();
  return frames.flatMap(({ address }, at) => {
    const isUsed = frames[at + 1]?.data !== undefined;
    return address === undefined || isUsed ? [] : [address];
  });
}
