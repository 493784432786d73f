/** A chain in memory that grows by what is mined; it knows the rules that a miner can break, and little else. */
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { EventBus } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import {
  meetsTarget,
  unittestsGenesis,
  unittestsGenesisBlock,
  vertexId,
  weightToWork,
} from '../../src/codec/index.js';
import type {
  BlockTemplate,
  MaybePromise,
  MiningInfo,
  SubmittedBlock,
  VertexData,
} from '../../src/index.js';
import { BlockRefusedError } from '../../src/index.js';
import { BLOCK } from './golden-events.js';
import { NodeDouble } from './node-double.js';

const [GENESIS_BLOCK, FIRST_TRANSACTION, SECOND_TRANSACTION] = unittestsGenesis.map(vertexId) as [
  string,
  string,
  string,
];

interface StoredBlock {
  readonly id: string;
  readonly height: number;
  readonly timestamp: number;
  readonly score: bigint;
}

/** Later than all genesis vertices. */
const LAST_GENESIS_TIMESTAMP = 1_572_636_345;

@Injectable()
export class QuarryChain extends NodeDouble {
  mayMine = true;
  /** Weight that the next block needs; 2 takes a handful of hashes. */
  weight = 2;
  signalBits = 0;
  /** Whether answers are promises. */
  later = false;
  /** When a block that was taken in is published: before `submitBlock` is done, or some turns later. */
  publishes: 'at once' | 'later' = 'at once';
  /** How often templates were asked for. */
  asked = 0;
  /** Blocks that were taken in. */
  readonly taken: SubmittedBlock[] = [];
  /** Transactions that nothing confirms. */
  tips: string[] = [];
  best: StoredBlock = {
    id: GENESIS_BLOCK,
    height: 0,
    timestamp: unittestsGenesisBlock.timestamp,
    // As on a network that has been mined for years.
    score: 2n ** 80n,
  };

  constructor(
    private readonly bus: EventBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  canMine(): MaybePromise<boolean> {
    return this.answer(this.mayMine);
  }

  templates(): MaybePromise<readonly BlockTemplate[]> {
    this.asked++;
    return this.answer([this.templateAfter(this.best)]);
  }

  templateOn({ block, id }: SubmittedBlock): MaybePromise<BlockTemplate> {
    const { height, score } = this.best;
    return this.answer(this.templateAfter({ id, height, score, timestamp: block.timestamp }));
  }

  submitBlock(submitted: SubmittedBlock): MaybePromise<'accepted' | 'stale'> {
    const { block, id } = submitted;
    if (block.parents[0] !== this.best.id) return this.answer('stale');
    this.check(submitted);
    const score = this.best.score + weightToWork(block.weight);
    this.best = { id, height: this.best.height + 1, timestamp: block.timestamp, score };
    this.taken.push(submitted);
    this.tips = [];
    const publish = () => void this.publish(id);
    if (this.publishes === 'at once') publish();
    else setImmediate(() => setImmediate(publish));
    return this.answer('accepted');
  }

  transactionParents(): readonly [string, string] {
    return [FIRST_TRANSACTION, SECOND_TRANSACTION];
  }

  miningInfo(): MiningInfo {
    const { height } = this.best;
    return { height, weight: this.weight, mined_tokens: 6400n * BigInt(height) };
  }

  /** A transaction comes in: parents of the next block change. */
  addTransaction(id: string): Promise<void> {
    this.tips = [id, ...this.tips];
    return this.publish(id);
  }

  /** A vertex is accepted that changes nothing for miners. */
  publish(id: string): Promise<void> {
    const data: VertexData = { ...BLOCK, hash: id, metadata: { ...BLOCK.metadata, hash: id } };
    return this.bus.publish('vertex.accepted', data);
  }

  private templateAfter({ id, height, timestamp, score }: StoredBlock): BlockTemplate {
    const now = Math.floor(this.clock.now() / 1000);
    const isGenesis = id === GENESIS_BLOCK;
    const [tip] = this.tips;
    return {
      versions: [3, 0],
      reward: 6400n,
      weight: this.weight,
      timestamp_now: now,
      timestamp_min: Math.max(timestamp, LAST_GENESIS_TIMESTAMP) + 1,
      timestamp_max: Math.min(isGenesis ? 0xffffffff : timestamp + 4499, now + 300),
      parents: tip === undefined ? [id, FIRST_TRANSACTION, SECOND_TRANSACTION] : [id, tip],
      parents_any: tip === undefined ? [] : [SECOND_TRANSACTION, FIRST_TRANSACTION],
      height: height + 1,
      score: score + weightToWork(this.weight),
      signal_bits: this.signalBits,
    };
  }

  /** The rules of contract 3.6, row 7. */
  private check({ block, id }: SubmittedBlock): void {
    const template = this.templateAfter(this.best);
    const reward = block.outputs.reduce((sum, { value }) => sum + value, 0n);
    const rules: readonly (readonly [boolean, string])[] = [
      [block.weight >= template.weight - 1e-10, 'weight too low'],
      [meetsTarget(id, block.weight), 'no proof of work'],
      [reward === template.reward, 'wrong reward'],
      [block.parents.length === 3 && new Set(block.parents).size === 3, 'bad parents'],
      [block.timestamp >= template.timestamp_min, 'too early'],
      [block.timestamp <= template.timestamp_max, 'too late'],
      [block.signalBits === template.signal_bits, 'unknown signal bits'],
    ];
    const broken = rules.find(([kept]) => !kept);
    if (broken !== undefined) throw new BlockRefusedError(broken[1]);
  }

  private answer<T>(value: T): MaybePromise<T> {
    return this.later ? new Promise((resolve) => setImmediate(resolve, value)) : value;
  }
}
