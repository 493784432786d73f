/**
 * Other nodes and what they tell about themselves.
 */
import type { TelemetryReceived } from '@sluice/nano';
import { encodeAccount, publicKeyOf, signHash } from '@sluice/nano/wire';
import { blake2b } from '@noble/hashes/blake2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { SeededRandom } from '../../random/seeded-random.js';
import { NanoChainError } from '../chain-error.js';

/** What all nodes of the network have in common. */
export interface NetworkFigures {
  readonly blockCount: number;
  readonly cementedCount: number;
  readonly accountCount: number;
  readonly genesisBlock: string;
  readonly activeDifficulty: bigint;
  /** Unix milliseconds. */
  readonly now: number;
}

interface Peer {
  readonly secretKey: Uint8Array;
  readonly nodeId: string;
  readonly address: string;
  readonly startedAt: number;
}

const PEERS = 8;
const PORT = 7075;
const WORK_PORT = 7000;
const DAY_MS = 86_400_000;

export class Peers {
  private readonly peers: readonly Peer[];

  constructor(
    private readonly random: SeededRandom,
    now: number,
  ) {
    this.peers = Array.from({ length: PEERS }, (_, index) => {
      const secretKey = random.bytes(32);
      return {
        secretKey,
        nodeId: encodeAccount(publicKeyOf(secretKey), 'node'),
        address: `::ffff:192.0.2.${index + 1}`,
        startedAt: now - random.below(DAY_MS),
      };
    });
  }

  /**
   * A reply of a peer; its own ledger is a little behind.
   *
   * @param index default: any peer.
   * @throws NanoChainError if there is no such peer.
   */
  telemetry(figures: NetworkFigures, index = this.random.below(PEERS)): TelemetryReceived {
    const peer = this.peers[index];
    if (peer === undefined) throw new NanoChainError(`There are ${PEERS} peers, from 0 on`);
    const blockCount = Math.max(1, figures.blockCount - this.random.below(3));
    const told = {
      blockCount,
      cementedCount: Math.min(blockCount, figures.cementedCount),
      uncheckedCount: this.random.below(10),
      accountCount: figures.accountCount,
      bandwidthCap: 10_485_760,
      peerCount: PEERS,
      protocolVersion: 21,
      uptime: Math.floor((figures.now - peer.startedAt) / 1000),
      genesisBlock: figures.genesisBlock,
      majorVersion: 28,
      minorVersion: 0,
      patchVersion: 0,
      preReleaseVersion: 0,
      maker: 0,
      timestamp: figures.now,
      activeDifficulty: figures.activeDifficulty,
      nodeId: peer.nodeId,
      address: peer.address,
      port: PORT,
    };
    // The bytes that nodes sign are no matter of the socket: the figures as text stand for them.
    const digest = blake2b(utf8ToBytes(Object.values(told).join()), { dkLen: 32 });
    return { ...told, signature: signHash(digest, peer.secretKey) };
  }

  /** A work server: `address:port`, as work messages write it. */
  anyWorkServer(): string {
    return `192.0.2.${this.random.between(1, PEERS)}:${WORK_PORT}`;
  }
}
