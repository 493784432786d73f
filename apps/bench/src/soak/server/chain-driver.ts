/** What happens on the chains: the same on every server that it is told to, as chance with a seed has it. */
import { pick, type Random } from '../run/seeded-random.js';
import type { SoakUrls } from './soak-server.js';

/** One request to `/control`. */
interface Action {
  readonly chain: keyof SoakUrls;
  readonly path: string;
  readonly body?: object;
}

type ActionMaker = () => Action;

/** How often actions come, per hundred. Most are steps of the chains' own traffic, which has its reorgs and double spends. */
const SHARES: readonly (readonly [share: number, make: (driver: ChainDriver) => Action])[] = [
  [24, () => ({ chain: 'hathor', path: 'step' })],
  [10, (driver) => driver.payment()],
  [20, () => ({ chain: 'nano', path: 'step' })],
  [14, () => ({ chain: 'lighthouse', path: 'step' })],
  [13, () => ({ chain: 'bigchaindb', path: 'step' })],
  [13, () => ({ chain: 'basalt', path: 'mine', body: { blocks: 1 } })],
];

/** What comes now and then: bursts, and everything that turns a chain round. */
const SELDOM: readonly ActionMaker[] = [
  () => ({ chain: 'hathor', path: 'mine', body: { blocks: 10 } }),
  () => ({ chain: 'hathor', path: 'reorg', body: { depth: 2 } }),
  () => ({ chain: 'hathor', path: 'double-spend' }),
  () => ({ chain: 'nano', path: 'fork' }),
  () => ({ chain: 'lighthouse', path: 'reorg', body: { depth: 1 } }),
  () => ({ chain: 'lighthouse', path: 'slot', body: { slots: 10 } }),
  () => ({ chain: 'lighthouse', path: 'reject', body: { what: 'block' } }),
  () => ({ chain: 'bigchaindb', path: 'block', body: { create: 20, transfer: 10 } }),
  () => ({ chain: 'basalt', path: 'mine', body: { blocks: 50 } }),
  () => ({ chain: 'basalt', path: 'reorg', body: { depth: 2 } }),
];

export interface ChainDriverOptions {
  /** Every server is told the same. */
  readonly servers: readonly SoakUrls[];
  readonly random: Random;
  /** Clients' addresses, which get paid. */
  readonly addresses: readonly string[];
}

export class ChainDriver {
  /** What was done, and what the chains refused. */
  readonly counts = { done: 0, refused: 0 };

  constructor(private readonly options: ChainDriverOptions) {}

  /** Does the next thing, on all servers. @throws Error if a server does not answer. */
  async act(): Promise<void> {
    await this.perform(this.next());
  }

  /** Pays to one of the addresses. */
  payment(): Action {
    const { random, addresses } = this.options;
    return {
      chain: 'hathor',
      path: 'pay',
      body: { address: pick(random, addresses), amount: 1 + Math.floor(random() * 50) },
    };
  }

  private next(): Action {
    const { random } = this.options;
    let point = random() * 100;
    for (const [share, make] of SHARES) {
      if ((point -= share) < 0) return make(this);
    }
    return pick(random, SELDOM)();
  }

  private async perform({ chain, path, body = {} }: Action): Promise<void> {
    const answers = await Promise.all(
      this.options.servers.map(async (urls) => {
        const answer = await fetch(`${urls[chain].control ?? ''}/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    // A chain may refuse what it is too young for.
    if (answers.every((status) => status === 409)) this.counts.refused++;
    else if (answers.every((status) => status === 200)) this.counts.done++;
    else throw new Error(`POST ${chain}/${path} was answered ${answers.join(' and ')}`);
  }
}
