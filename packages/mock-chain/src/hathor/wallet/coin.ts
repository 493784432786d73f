import type { DagVertex } from '../dag/dag-vertex.js';
import type { WalletKey } from './hd-keys.js';

/** An output that a wallet can spend. */
export interface Coin {
  readonly vertex: DagVertex;
  readonly index: number;
  /** Uid, `00` for HTR. */
  readonly token: string;
  /** Atomic units, or the rights of an authority. */
  readonly value: bigint;
  readonly authority: boolean;
  readonly key: WalletKey;
}
