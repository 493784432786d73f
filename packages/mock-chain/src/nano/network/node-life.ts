/**
 * What a node does beside its ledger: work for others, bootstrapping, the difficulty of the network (contract 6.4, 6.5, 6.8).
 */
import type { BootstrapMode, WorkGenerated } from '@sluice/nano';
import { bytesOf, upperHex, workDifficulty } from '@sluice/nano/wire';
import type { SeededRandom } from '../../random/seeded-random.js';
import type { Announce } from '../chain-event.js';
import { doWork } from '../wallet/block-maker.js';
import type { Peers } from './peers.js';

/** Options of {@link NodeLife.work}. */
export interface WorkOptions {
  /** The root, 64 hex digits. Default: one by chance. */
  readonly hash?: string;
  /** Default `success`. */
  readonly outcome?: WorkGenerated['outcome'];
}

/** Options of {@link NodeLife.bootstrap}. */
export interface BootstrapOptions {
  /** Default: 16 bytes by chance, in hex. */
  readonly id?: string;
  /** Default `ascending`. */
  readonly mode?: BootstrapMode;
  /** Default: the attempt starts and exits. */
  readonly reason?: 'started' | 'exited';
  /** Default by chance. */
  readonly totalBlocks?: number;
  /** Seconds. Default by chance. */
  readonly duration?: number;
}

const TWO_TO_64 = 1n << 64n;
/** Of the default difficulty; the multiplier wanders between 1 and this. */
const MAX_MULTIPLIER = 4;

export class NodeLife {
  private multiplier = 1;

  /** @param workThreshold default difficulty of the network. */
  constructor(
    private readonly workThreshold: bigint,
    private readonly peers: Peers,
    private readonly random: SeededRandom,
    private readonly announce: Announce,
  ) {}

  /** What blocks should have now to be dealt with in time. */
  get activeDifficulty(): bigint {
    return TWO_TO_64 - BigInt(Math.floor(Number(TWO_TO_64 - this.workThreshold) / this.multiplier));
  }

  /** A work request comes in and ends. Work is real. */
  work({ hash, outcome = 'success' }: WorkOptions = {}): WorkGenerated {
    const root = hash === undefined ? this.random.bytes(32) : bytesOf(hash, 32, 'hash');
    const ended = this.ended(root, outcome);
    this.announce({ type: 'work.generated', data: ended });
    return ended;
  }

  /** @param multiplier of the default difficulty, at least 1. Default: a little more or less than before. */
  difficulty(multiplier?: number): void {
    const drift = this.multiplier * (0.7 + 0.6 * this.random.fraction());
    this.multiplier = multiplier ?? Math.min(MAX_MULTIPLIER, Math.max(1, drift));
    const current = this.activeDifficulty;
    this.announce({
      type: 'difficulty.changed',
      data: {
        networkMinimum: this.workThreshold,
        networkReceiveMinimum: this.workThreshold,
        networkCurrent: current,
        networkReceiveCurrent: current,
      },
    });
  }

  /** An attempt to fetch blocks from other nodes. */
  bootstrap({
    id = upperHex(this.random.bytes(16), 16, 'id'),
    mode = 'ascending',
    reason,
    totalBlocks = this.random.between(1, 100_000),
    duration = this.random.between(1, 600),
  }: BootstrapOptions = {}): void {
    if (reason !== 'exited') this.announce({ type: 'bootstrap.started', data: { id, mode } });
    if (reason === 'started') return;
    this.announce({ type: 'bootstrap.exited', data: { id, mode, totalBlocks, duration } });
  }

  private ended(root: Uint8Array, outcome: WorkGenerated['outcome']): WorkGenerated {
    const facts = {
      request: { hash: upperHex(root, 32, 'hash'), difficulty: this.workThreshold },
      duration: this.random.between(20, 900),
      baseDifficulty: this.workThreshold,
    };
    if (outcome !== 'success') {
      return { ...facts, outcome, badPeers: [this.peers.anyWorkServer()] };
    }
    const work = doWork(root, this.workThreshold);
    const source = this.random.chance(0.5) ? 'local' : this.peers.anyWorkServer();
    return { ...facts, outcome, result: { source, work, difficulty: workDifficulty(root, work) } };
  }
}
