import type { INestApplication, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { EventLogStore } from '@sluice/engine';
import { EventBus } from '@sluice/engine';
import type { SluiceOptions } from '@sluice/nestjs';
import { SluiceModule } from '@sluice/nestjs';
import type { TestClient } from '@sluice/testing';
import { ClientPool } from '@sluice/testing';
import type { RegularBlock } from '../../src/codec/index.js';
import { encodeVertex, mine, minimalBlock } from '../../src/codec/index.js';
import type { BlockTemplate, HathorMiningOptions } from '../../src/index.js';
import { HathorChain, HathorMiningStats, HathorModule } from '../../src/index.js';
import { QuarryChain } from './quarry-chain.js';
import { SteppedClock } from './stepped-clock.js';

/** What an application of a test is made of. */
export interface MiningAppOptions {
  readonly mining?: HathorMiningOptions;
  readonly chain?: Type<QuarryChain>;
  readonly sluice?: Omit<SluiceOptions, 'log' | 'clock'>;
  /** With it the application has an event queue too. */
  readonly log?: EventLogStore;
  /** Settings of the chain before anything is served. */
  readonly prepare?: (chain: QuarryChain) => void;
  readonly create?: (module: Awaited<ReturnType<typeof compile>>) => INestApplication;
}

/** A running application with a mining socket. */
export class MiningApp {
  readonly bus: EventBus;
  readonly chain: QuarryChain;
  readonly stats: HathorMiningStats;
  /** `http://127.0.0.1:…` */
  readonly http: string;
  private readonly clients = new ClientPool();

  private constructor(
    readonly app: INestApplication,
    readonly clock: SteppedClock,
    url: string,
  ) {
    this.http = url;
    this.bus = app.get(EventBus);
    this.chain = app.get<QuarryChain>(HathorChain);
    this.stats = app.get(HathorMiningStats);
  }

  get socket(): string {
    return `${this.http.replace('http', 'ws')}/v1a/mining_ws`;
  }

  /** Starts on a free port of the loopback interface, at a time that stands still. */
  static async start(options: MiningAppOptions = {}): Promise<MiningApp> {
    const clock = new SteppedClock(NOW * 1000);
    const module = await compile(options, clock);
    const app = options.create?.(module) ?? module.createNestApplication({ logger: false });
    options.prepare?.(app.get<QuarryChain>(HathorChain));
    await app.listen(0, '127.0.0.1');
    return new MiningApp(app, clock, await app.getUrl());
  }

  /** Connects, without taking any message. */
  connect(path?: string): Promise<TestClient> {
    const { origin } = new URL(this.socket);
    return this.clients.connect(path === undefined ? this.socket : origin + path);
  }

  /** Connects and takes the templates. */
  async miner(): Promise<TestClient> {
    const client = await this.connect();
    await client.next();
    return client;
  }

  /** A block on the chain's best one, in hex; changes are made before it is mined. */
  async block(changes: Partial<RegularBlock> = {}): Promise<string> {
    return hexBlock(await this.template(), changes);
  }

  /** What the next block must be. */
  async template(): Promise<BlockTemplate> {
    const [template] = await this.chain.templates();
    if (template === undefined) throw new Error('The chain has no template');
    return template;
  }

  async stop(): Promise<void> {
    await this.clients.closeAll();
    await this.app.close();
  }
}

/** Unix seconds at the start of a test. */
export const NOW = 1_700_000_000;

/** A mined block for a template, in hex. */
export function hexBlock(template: BlockTemplate, changes: Partial<RegularBlock> = {}): string {
  const draft = { ...minimalBlock(template), version: 0, nonce: 0n, ...changes } as const;
  const mined = mine(draft, { maxAttempts: 100_000 });
  if (mined === undefined) throw new Error('The block cannot be mined');
  return Buffer.from(encodeVertex(mined)).toString('hex');
}

function compile(
  { chain = QuarryChain, mining, sluice, log }: MiningAppOptions,
  clock: SteppedClock,
) {
  return Test.createTestingModule({
    imports: [
      SluiceModule.forRoot({ ...sluice, clock, ...(log && { log }) }),
      HathorModule.forRoot({
        network: 'unittests',
        chain,
        eventQueue: log !== undefined,
        ...(mining && { mining }),
      }),
    ],
  })
    .setLogger(SILENT)
    .compile();
}

/** Tests cause faults on purpose. */
const ignore = (): void => undefined;
const SILENT = { log: ignore, error: ignore, warn: ignore };
