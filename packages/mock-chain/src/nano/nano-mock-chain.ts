/**
 * A Nano network in one object: a block lattice with real hashes, signatures and work, representatives that vote on it, and a
 * node's life around it.
 */
import type { VoteType, WorkGenerated } from '@sluice/nano';
import type { Account, Block } from '@sluice/nano/wire';
import { accountKey, canonicalAccount, MAX_AMOUNT, upperHex } from '@sluice/nano/wire';
import { SeededRandom } from '../random/seeded-random.js';
import type { Announce, NanoMockEvent } from './chain-event.js';
import { ChainTime } from './chain-time.js';
import type { Confirmation } from './consensus.js';
import { Consensus } from './consensus.js';
import { OpenElections } from './elections/open-elections.js';
import { Voting } from './elections/voting.js';
import { Ledger } from './ledger/ledger.js';
import type { LedgerAccount, LedgerBlock, Receivable } from './ledger/ledger-block.js';
import type { NanoMockChainOptions } from './nano-mock-chain.options.js';
import type { BootstrapOptions, WorkOptions } from './network/node-life.js';
import { NodeLife } from './network/node-life.js';
import { Peers } from './network/peers.js';
import { BlockAuthor } from './wallet/block-author.js';
import { Keyring } from './wallet/keyring.js';
import type {
  BlockOptions,
  ChangeOptions,
  EpochOptions,
  ForkOptions,
  ReceiveOptions,
  SendOptions,
} from './wallet/wallet-actions.js';

/** Options of {@link NanoMockChain.vote}. */
export interface VoteOptions {
  /** Account text. Default: one of the chain's representatives. */
  readonly representative?: string;
  /** Hashes of 1 to 255 blocks, known or not. */
  readonly hashes: readonly string[];
  /** Default false. */
  readonly final?: boolean;
  /** Default: what becomes of it. With anything but `vote` it does not count. */
  readonly type?: VoteType;
}

/** How much there is of everything. */
export interface NanoChainFigures {
  readonly blocks: number;
  readonly cemented: number;
  readonly unconfirmed: number;
  readonly accounts: number;
  readonly receivable: number;
  readonly elections: number;
}

/** 1 nano in raw. */
const NANO = 10n ** 30n;
/** What the wallet's accounts begin with. */
const GRANT = 1000n * NANO;
/** Percent of everything; the rest stays with the genesis account. */
const REPRESENTATIVE_SHARES = [30n, 25n, 20n, 10n];

export class NanoMockChain {
  /** Hash of the genesis block. */
  readonly genesisBlock: string;
  readonly keys: Keyring;
  private readonly listeners = new Set<(event: NanoMockEvent) => void>();
  private readonly announce: Announce = (event) => {
    for (const listener of this.listeners) listener(event);
  };
  private readonly time: ChainTime;
  private readonly ledger: Ledger;
  private readonly elections: OpenElections;
  private readonly voting: Voting;
  private readonly consensus: Consensus;
  private readonly author: BlockAuthor;
  private readonly peers: Peers;
  private readonly life: NodeLife;

  constructor(options: NanoMockChainOptions) {
    const { seed, accounts = 8, workThreshold = 0xf000000000000000n, limits = {} } = options;
    const random = (label: string): SeededRandom => new SeededRandom(seed, `nano ${label}`);
    const { announce } = this;
    this.time = new ChainTime(options.now);
    const { now } = this.time;
    this.keys = new Keyring(random('keys'), accounts);
    this.ledger = new Ledger({
      workThreshold,
      epochSigner: this.keys.genesis,
      maxAccounts: limits.accounts ?? 10_000,
      maxUnconfirmed: limits.unconfirmed ?? 1000,
      maxReceivables: limits.receivables ?? 5000,
      maxHistory: limits.history ?? 5000,
    });
    this.elections = new OpenElections(limits.elections ?? 100, announce);
    this.voting = new Voting(
      this.keys.representatives,
      this.ledger,
      this.elections,
      random('votes'),
      announce,
      now,
    );
    this.consensus = new Consensus({
      ledger: this.ledger,
      elections: this.elections,
      voting: this.voting,
      random: random('elections'),
      announce,
      now,
    });
    this.author = new BlockAuthor(this.ledger, this.keys, random('blocks'), workThreshold);
    this.peers = new Peers(random('peers'), now());
    this.life = new NodeLife(workThreshold, this.peers, random('life'), announce);
    this.genesisBlock = this.layGround();
  }

  get figures(): NanoChainFigures {
    return {
      blocks: this.ledger.blockCount,
      cemented: this.ledger.cementedCount,
      unconfirmed: this.ledger.unconfirmed().length,
      accounts: this.ledger.accountCount,
      receivable: this.ledger.receivables.size,
      elections: this.elections.size,
    };
  }

  /**
   * Hears of everything from now on, in order and at once. The listener may read the chain but not change it.
   *
   * @returns a function that ends it.
   */
  on(listener: (event: NanoMockEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Where an account stands. @param account text with any prefix, or public key */
  account(account: Account): LedgerAccount | undefined {
    return this.ledger.account(canonicalAccount(account));
  }

  /** A block that is not confirmed, or one of the newest that are. */
  block(hash: string): LedgerBlock | undefined {
    return this.ledger.block(upperHex(hash, 32, 'hash'));
  }

  /** Hashes of the blocks that wait for confirmation, oldest first. */
  unconfirmed(): readonly string[] {
    return this.ledger.unconfirmed();
  }

  /** The oldest confirmed send that waits for an account whose key is here. */
  nextReceivable(): Receivable | undefined {
    return this.ledger.receivables.oldestFor((account) => this.keys.has(account));
  }

  /** Confirmed sends that wait for an account, oldest first. @param account text with any prefix, or public key */
  receivables(account: Account): readonly Receivable[] {
    return this.ledger.receivables.for(canonicalAccount(account));
  }

  /** Pays. @throws NanoChainError, BlockRefusedError */
  send(options: SendOptions = {}): LedgerBlock {
    return this.add(() => this.author.send(options), options);
  }

  /** Receives a confirmed send; opens the account if need be. @throws NanoChainError, BlockRefusedError */
  receive(options: ReceiveOptions = {}): LedgerBlock {
    return this.add(() => this.author.receive(options), options);
  }

  /** Chooses another representative. @throws NanoChainError, BlockRefusedError */
  change(options: ChangeOptions = {}): LedgerBlock {
    return this.add(() => this.author.change(options), options);
  }

  /** Lifts an account to its next epoch. @throws NanoChainError, BlockRefusedError */
  epoch(options: EpochOptions = {}): LedgerBlock {
    return this.add(() => this.author.epoch(options), options);
  }

  /**
   * Takes a block that somebody else made. A rival of an unconfirmed block joins its election.
   *
   * @throws BlockRefusedError, NanoChainError, WireError
   */
  process(block: Block, confirmation: Confirmation = 'active_quorum'): LedgerBlock {
    return this.add(() => block, { confirmation });
  }

  /** Two sends for one place. @returns both. @throws NanoChainError, BlockRefusedError */
  fork({ account, winner = 'first' }: ForkOptions = {}): readonly [LedgerBlock, LedgerBlock] {
    this.time.tick();
    const options = { ...(account !== undefined && { from: account }) };
    const draft = this.author.send(options);
    const from = 'account' in draft ? canonicalAccount(draft.account) : '';
    const rival = this.author.send({ from, to: this.keys.genesis });
    const first = this.consensus.submit(draft, 'open');
    const second = this.consensus.submit(rival, 'open');
    switch (winner) {
      case 'first':
        this.consensus.elect(first.hash, second.hash);
        break;
      case 'second':
        this.consensus.elect(second.hash, first.hash);
        break;
      case 'none':
        this.consensus.stop(first.hash);
        break;
    }
    return [first, second];
  }

  /** A manual request to confirm a block. One that is confirmed is announced once more. @throws NanoChainError */
  confirm(hash: string): void {
    this.time.tick();
    this.consensus.confirm(upperHex(hash, 32, 'hash'));
  }

  /** Has the representatives vote on an unconfirmed block until it is confirmed. @throws NanoChainError */
  elect(hash: string): void {
    this.time.tick();
    const block = upperHex(hash, 32, 'hash');
    if (this.elections.of(block) === undefined) this.consensus.start(block);
    this.consensus.elect(block);
  }

  /** Drops the election of a block. @throws NanoChainError if it has none. */
  stopElection(hash: string): void {
    this.time.tick();
    this.consensus.stop(upperHex(hash, 32, 'hash'));
  }

  /** A representative votes; the vote that makes a quorum of final votes confirms the block. @throws NanoChainError */
  vote({ representative, hashes, final = false, type }: VoteOptions): void {
    this.time.tick();
    const voter =
      representative === undefined
        ? this.voting.any()
        : canonicalAccount(representative, 'representative');
    const blocks = hashes.map((hash) => upperHex(hash, 32, 'hashes'));
    this.consensus.vote(voter, blocks, final, type);
  }

  /** The latest vote comes in once more. @throws NanoChainError before the first one. */
  replayVote(): void {
    this.time.tick();
    this.voting.replay();
  }

  /** A work request comes in and ends; the work is real. @throws WireError for a wrong root. */
  work(options: WorkOptions = {}): WorkGenerated {
    this.time.tick();
    return this.life.work(options);
  }

  /** The difficulty of the network changes. @param multiplier of the least one; default a little more or less than before. */
  difficulty(multiplier?: number): void {
    this.time.tick();
    this.life.difficulty(multiplier);
  }

  /** An attempt to fetch blocks from other nodes. */
  bootstrap(options: BootstrapOptions = {}): void {
    this.time.tick();
    this.life.bootstrap(options);
  }

  /** A peer answers. @param peer 0 to 7; default any. @throws NanoChainError if there is no such peer. */
  telemetry(peer?: number): void {
    this.time.tick();
    const { blocks, cemented, accounts } = this.figures;
    const figures = {
      blockCount: blocks,
      cementedCount: cemented,
      accountCount: accounts,
      genesisBlock: this.genesisBlock,
      activeDifficulty: this.life.activeDifficulty,
      now: this.time.now(),
    };
    this.announce({ type: 'telemetry.received', data: this.peers.telemetry(figures, peer) });
  }

  private add(make: () => Block, { confirmation = 'active_quorum' }: BlockOptions): LedgerBlock {
    this.time.tick();
    return this.consensus.submit(make(), confirmation);
  }

  /** Genesis, the representatives' shares, and what the wallet begins with. Nobody listens yet. */
  private layGround(): string {
    const { genesis, representatives, wallet, legacyAccounts } = this.keys;
    const open = {
      type: 'open',
      source: accountKey(genesis),
      representative: genesis,
      account: genesis,
    } as const;
    const block = this.author.finish(open, genesis) as Block & { type: 'open' };
    const { hash } = this.ledger.found(block, MAX_AMOUNT, Math.floor(this.time.now() / 1000));
    const fund = (to: string, amount: bigint, first: ReceiveOptions): void => {
      this.send({ from: genesis, to, amount, confirmation: 'inactive' });
      this.receive({ account: to, confirmation: 'inactive', ...first });
    };
    for (const [index, account] of representatives.accounts.entries()) {
      const share = (MAX_AMOUNT * (REPRESENTATIVE_SHARES[index] ?? 0n)) / 100n;
      fund(account, share, { representative: account });
    }
    this.change({ account: genesis, confirmation: 'inactive' });
    for (const account of wallet.accounts) {
      fund(account, GRANT, { legacy: legacyAccounts.includes(account) });
    }
    return hash;
  }
}
