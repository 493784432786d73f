/**
 * Mines on whatever the node offers: one search at a time, replaced at once by what comes. Blocks are dated by the node's
 * clock and not ahead of it, so a chain whose blocks take no time grows by one a second.
 */
import type { CancelTask, Clock } from '@sluice/engine';
import type { BlockTemplate, RegularBlock } from '@sluice/hathor/codec';
import { encodeVertex, minimalBlock, vertexId } from '@sluice/hathor/codec';
import { HashMeter } from './hash-meter.js';
import type { MinerScreen, MinerState } from './miner-screen.js';
import type { MiningConnection, MiningHandler } from './mining-connection.js';
import type { CrewHandler, MiningCrew } from './mining-crew.js';
import { MiningRound } from './mining-round.js';
import { NodeClock } from './node-clock.js';

/** Options of a {@link Miner}. */
export interface MinerOptions {
  /** The output script that is paid. */
  readonly script: Uint8Array;
  readonly threads: number;
  /** Blocks after which it ends; absent: it goes on. */
  readonly blocks?: number;
  /** Least weight of a block, where the node asks for less; absent: what the node asks for. */
  readonly weight?: number;
  /** Seconds by which a block may be dated ahead of the node's clock, where its parent is that new. */
  readonly ahead: number;
}

/** What a {@link Miner} works with. */
export interface MinerParts {
  readonly screen: MinerScreen;
  dial(handler: MiningHandler): Pick<MiningConnection, 'run' | 'stop' | 'refresh' | 'submit'>;
  hire(handler: CrewHandler): Pick<MiningCrew, 'work' | 'rest' | 'dismiss'>;
  readonly clock: Clock;
}

/** What a miner has to show for its time. */
export interface Yield {
  blocks: number;
  /** Blocks that came too late. */
  stale: number;
  /** Atomic units. */
  earned: bigint;
}

/** So many refusals in a row are no accident. */
const MOST_REFUSALS = 3;

export class Miner implements MiningHandler, CrewHandler {
  readonly yield: Yield = { blocks: 0, stale: 0, earned: 0n };
  readonly meter: HashMeter;
  private readonly connection: ReturnType<MinerParts['dial']>;
  private readonly crew: ReturnType<MinerParts['hire']>;
  private readonly screen: MinerScreen;
  private readonly clock: Clock;
  private readonly nodeClock: NodeClock;
  private round: MiningRound | undefined;
  private idleReason = 'connecting';
  private smallestId: string | undefined;
  private refusals = 0;
  /** Parent of the block that the node is looking at. */
  private submitted: string | undefined;
  private waking: CancelTask | undefined;
  private isStopped = false;
  private failure: Error | undefined;

  constructor(
    private readonly options: MinerOptions,
    parts: MinerParts,
  ) {
    this.meter = new HashMeter(options.threads);
    this.clock = parts.clock;
    this.nodeClock = new NodeClock(() => parts.clock.now());
    this.screen = parts.screen;
    this.connection = parts.dial(this);
    this.crew = parts.hire(this);
  }

  /** Resolves after {@link stop}, or when enough blocks are mined. @throws Error if it cannot go on. */
  async run(): Promise<void> {
    try {
      await this.connection.run();
    } finally {
      await this.crew.dismiss();
    }
    if (this.failure !== undefined) throw this.failure;
  }

  stop(): void {
    this.isStopped = true;
    this.rest('stopped');
    this.connection.stop();
  }

  get state(): MinerState {
    const { round } = this;
    if (round === undefined) return { doing: 'waiting', reason: this.idleReason };
    const { height, weight, chance } = round;
    return { doing: 'mining', height, weight, chance, rate: this.meter.perSecond };
  }

  templates(templates: readonly BlockTemplate[]): void {
    if (this.isStopped) return;
    const [template] = templates;
    if (template === undefined) return this.rest('the node does not mine: no peers, or not synced');
    this.nodeClock.observe(template.timestamp_now);
    if (template.parents[0] !== this.submitted) this.take(template);
  }

  lost(reason: string, retryMs: number): void {
    this.rest('not connected');
    this.screen.line(`# ${reason}; trying again in ${retryMs / 1000} s`);
  }

  hashed(hashes: number, ms: number): void {
    this.meter.add(hashes, ms);
    this.round?.add(hashes, ms);
  }

  found(block: RegularBlock): void {
    void this.submit(block).catch((error: Error) => this.failed(error));
  }

  failed(error: Error): void {
    this.failure ??= error;
    this.stop();
  }

  private take(template: BlockTemplate): void {
    this.waking?.();
    if (!template.versions.includes(0)) return this.rest('the node takes merge-mined blocks only');
    const { timestamp_min: earliest, timestamp_max: latest } = template;
    const early = earliest - this.options.ahead - this.nodeClock.time;
    if (early > 0 || earliest > latest) {
      this.rest(`block ${template.height} waits: blocks are a second apart at least`);
      // If no time is good at all, the next template may be better.
      if (early > 0)
        this.waking = this.clock.after(Math.ceil(1000 * early), () => this.take(template));
      return;
    }
    if (this.round?.isFor(template) !== true) this.round = new MiningRound(template);
    const block = minimalBlock(template);
    const weight = Math.max(template.weight, this.options.weight ?? 0);
    this.round.weight = weight;
    this.crew.work({
      ...block,
      weight,
      version: 0,
      nonce: 0n,
      outputs: block.outputs.map((output) => ({ ...output, script: this.options.script })),
      timestamp: Math.min(Math.max(earliest, Math.floor(this.nodeClock.time)), latest),
    });
  }

  private rest(reason: string): void {
    this.waking?.();
    this.round = undefined;
    this.idleReason = reason;
    this.crew.rest();
  }

  private async submit(block: RegularBlock): Promise<void> {
    const { round } = this;
    if (round === undefined || this.isStopped) return;
    this.round = undefined;
    this.idleReason = `block ${round.height} is on its way`;
    this.submitted = round.parent;
    const answer = await this.connection.submit(Buffer.from(encodeVertex(block)).toString('hex'));
    this.submitted = undefined;
    switch (answer.outcome) {
      case 'accepted':
        this.count(round, block);
        return;
      case 'stale':
        this.yield.stale++;
        this.screen.line(`# block ${round.height} came too late: another one was there first`);
        this.connection.refresh();
        return;
      case 'refused':
        this.screen.line(`# the node refuses block ${round.height}: ${answer.reason}`);
        if (++this.refusals < MOST_REFUSALS) return;
        this.failed(new Error(`the node has refused ${this.refusals} blocks in a row`));
        return;
      case 'lost':
        this.screen.line(`# the connection was lost before block ${round.height} was answered`);
    }
  }

  private count(round: MiningRound, block: RegularBlock): void {
    this.refusals = 0;
    const id = vertexId(block);
    const reward = block.outputs.reduce((sum, { value }) => sum + value, 0n);
    const isBest = this.smallestId !== undefined && id < this.smallestId;
    if (this.smallestId === undefined || isBest) this.smallestId = id;
    this.yield.blocks++;
    this.yield.earned += reward;
    const { height, luck } = round;
    const seconds = round.seconds(this.options.threads);
    this.screen.mined({ height, id, reward, seconds, luck, isBest });
    if (this.yield.blocks === this.options.blocks) this.stop();
  }
}
