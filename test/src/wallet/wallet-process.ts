/** Hathor's wallet library in a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const DRIVER = fileURLToPath(new URL('./wallet-driver.mjs', import.meta.url));

/** How a wallet learns its history, by the library's own names. */
export type SyncMode = 'polling-http-api' | 'manual-stream-ws' | 'xpub-stream-ws';

/** Where a wallet lives and how it syncs. */
export interface WalletOptions {
  readonly http: string;
  readonly txMining: string;
  readonly words: string;
  readonly mode: SyncMode;
  /** Window of history streams; absent: unlimited. */
  readonly window?: number;
  /** Words of everyone who has to sign, this wallet's included: it is a MultiSig wallet then. */
  readonly signers?: readonly string[];
}

export interface WalletBalance {
  readonly unlocked: bigint;
  readonly locked: bigint;
}

export interface WalletEntry {
  readonly id: string;
  readonly balance: bigint;
  readonly voided: boolean;
}

/** Something that the wallet has noticed. */
export interface WalletEvent {
  readonly event: 'state' | 'new-tx' | 'update-tx' | 'dashboard' | 'crash';
  readonly detail: unknown;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

interface Call {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A wallet that is open. */
export class WalletProcess {
  /** Everything that it has noticed so far. */
  readonly events: WalletEvent[] = [];
  private readonly calls: Call[] = [];
  private watchers: (() => void)[] = [];
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.on('message', (message: Answer | WalletEvent) => {
      if ('event' in message) this.notice(message);
      else this.settle(message);
    });
    child.once('exit', () => {
      const error = new Error(`the wallet is gone: ${this.output}`);
      for (const { reject } of this.calls) reject(error);
    });
  }

  /** Resolves when the wallet is ready: its history is complete then. */
  static async open(options: WalletOptions): Promise<WalletProcess> {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS'),
    );
    const child = fork(DRIVER, {
      env,
      execArgv: parsesBigIntegers() ? [] : ['--harmony-json-parse-with-source'],
      // Amounts are big integers.
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const wallet = new WalletProcess(child);
    await wallet.call('start', options);
    return wallet;
  }

  balance(token?: string): Promise<WalletBalance> {
    return this.call('balance', token);
  }

  /** Newest first. */
  history(token?: string): Promise<readonly WalletEntry[]> {
    return this.call('history', token);
  }

  addresses(): Promise<readonly string[]> {
    return this.call('addresses');
  }

  async firstAddress(): Promise<string> {
    const [address = ''] = await this.addresses();
    return address;
  }

  /** @returns the transaction's id. */
  send(address: string, amount: bigint): Promise<string> {
    return this.call('send', address, amount);
  }

  /**
   * @param timelock Unix seconds.
   * @returns the transaction's id.
   */
  sendLocked(address: string, amount: bigint, timelock: number): Promise<string> {
    return this.call('sendLocked', address, amount, timelock);
  }

  /**
   * Pays without a tx-mining-service: the transaction has the time of the wallet's own clock.
   * @returns the transaction's id.
   */
  push(address: string, amount: bigint, parents: readonly string[]): Promise<string> {
    return this.call('push', address, amount, parents);
  }

  /** What the signers of a payment have to sign. */
  draft(address: string, amount: bigint): Promise<string> {
    return this.call('draft', address, amount);
  }

  sign(draft: string): Promise<string> {
    return this.call('sign', draft);
  }

  /** @returns the transaction's id. */
  sendSigned(draft: string, signatures: readonly string[]): Promise<string> {
    return this.call('sendSigned', draft, signatures);
  }

  /** @returns the token's uid. */
  createToken(name: string, symbol: string, amount: bigint): Promise<string> {
    return this.call('createToken', name, symbol, amount);
  }

  mint(token: string, amount: bigint): Promise<void> {
    return this.call('mint', token, amount);
  }

  melt(token: string, amount: bigint): Promise<void> {
    return this.call('melt', token, amount);
  }

  /** What the node says about a token, checked by the library's schema. */
  token<T>(uid: string): Promise<T> {
    return this.call('token', uid);
  }

  /** What the node says about a transaction, checked by the library's schema. */
  transaction<T>(id: string): Promise<T> {
    return this.call('transaction', id);
  }

  /** Resolves as soon as it holds; looked at now and whenever the wallet notices something. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    for (;;) {
      const noticed = new Promise<void>((resolve) => this.watchers.push(resolve));
      if (await holds()) return;
      await noticed;
    }
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }

  private call<T>(call: string, ...args: unknown[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const id = this.calls.push({ resolve: resolve as Call['resolve'], reject }) - 1;
      this.child.send({ id, call, args });
    });
  }

  private settle({ id, result, error }: Answer): void {
    if (error === undefined) this.calls[id]?.resolve(result);
    else this.calls[id]?.reject(new Error(`${error}\n${this.output}`));
  }

  private notice(event: WalletEvent): void {
    this.events.push(event);
    const { watchers } = this;
    this.watchers = [];
    for (const notice of watchers) notice();
  }
}

/** From Node 21 on without a flag. */
function parsesBigIntegers(): boolean {
  return Number(process.versions.node.split('.')[0]) >= 21;
}
