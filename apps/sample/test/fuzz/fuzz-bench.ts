/** Plays inputs against one endpoint and looks at everything that must hold after each of them. */
import { RawClient, TestClient, WaitError, frame } from '@sluice/testing';
import type { WireInput } from '@sluice/testing/hostile';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as ws from 'ws';
import { FuzzSample } from './fuzz-sample.js';
import type { FuzzTarget } from './fuzz-target.js';

/** Payload of the Ping behind each input: when it is answered, all of it has been read. */
const MARK = 'end of input';
/** The server is in this process: what takes this long stands still. */
const STUCK_MS = 20_000;
const INPUTS_PER_STEP = 20;
const INPUTS_PER_WITNESS = 100;

/** `ws` exports its parser, but its types leave it out. */
const { Receiver } = ws as unknown as {
  readonly Receiver: new (options: object) => NodeJS.WritableStream;
};

export class FuzzBench {
  /** Connections that were played. */
  inputs = 0;
  /** Frames and pieces of frames that they have sent. */
  writes = 0;

  private constructor(
    readonly target: FuzzTarget,
    private readonly sample: FuzzSample,
    private readonly bystander: TestClient,
    readonly examples: readonly unknown[],
  ) {}

  static async start(target: FuzzTarget): Promise<FuzzBench> {
    const sample = await FuzzSample.start(target.dialect);
    for (let step = 0; step < 5; step++) await sample.step();
    const bystander = await TestClient.connect(target.url(sample));
    return new FuzzBench(target, sample, bystander, target.examples(sample));
  }

  /** @throws Error if anything that must hold does not. */
  async play(input: WireInput): Promise<void> {
    this.inputs++;
    this.writes += input.writes.length;
    const client = await RawClient.connect(this.target.url(this.sample), { timeoutMs: STUCK_MS });
    for (const bytes of input.writes) client.write(bytes);
    if (input.ending === 'reset-at-once') client.reset();
    else await this.end(client, input);
    await this.bystander.ping({ timeoutMs: STUCK_MS });
    await this.gone();
    if (this.inputs % INPUTS_PER_STEP === 0) await this.sample.step();
    if (this.inputs % INPUTS_PER_WITNESS === 0) await this.check();
    this.assertFaultless();
  }

  /** A client that does everything right is served. */
  async check(): Promise<void> {
    await this.bystander.take(this.bystander.pending);
    await this.target.witness(this.sample);
    await this.gone();
    this.assertFaultless();
  }

  /** Bytes in use, after all garbage is gone. */
  heap(): number {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    return process.memoryUsage().heapUsed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.bystander.terminate();
    await this.sample.stop();
  }

  private async end(client: RawClient, { writes, ending }: WireInput): Promise<void> {
    const mark = frame({ opcode: 'ping', payload: MARK });
    client.write(mark);
    // Where a frame has no end, nothing answers.
    if (reaction([...writes, mark]) !== 'none') await this.answers(client);
    if (ending === 'close') client.write(frame({ opcode: 'close' }));
    if (ending === 'finish') client.finish();
    else client.reset();
  }

  /** Takes and checks answers up to the mark's, or to the end of the connection. */
  private async answers(client: RawClient): Promise<void> {
    for (;;) {
      const answer = await client.nextFrame().catch((error: unknown) => {
        if (error instanceof WaitError && /the connection (has )?ended/.test(error.message))
          return undefined;
        throw error;
      });
      if (answer === undefined || answer.kind === 'close') return;
      if (answer.kind === 'pong' && answer.bytes.toString() === MARK) return;
      if (answer.kind === 'text') this.target.check(answer.text);
      if (answer.kind === 'binary') throw new Error(`${this.target.name} has no binary messages`);
    }
  }

  /** Resolves when nobody but the bystander is connected. */
  private async gone(): Promise<void> {
    const since = performance.now();
    while (this.sample.connections > 1) {
      if (performance.now() - since > STUCK_MS) throw new Error('A session outlives its client');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private assertFaultless(): void {
    const faults = this.sample.takeFaults();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }
}

/** What a server that knows frames, and nothing else, does about bytes up to the mark. */
function reaction(writes: readonly Buffer[]): 'pong' | 'end' | 'none' {
  let seen: 'pong' | 'end' | 'none' = 'none';
  const receiver = new Receiver({ isServer: true, allowSynchronousEvents: true });
  receiver.on('error', () => (seen = 'end'));
  receiver.on('conclude', () => (seen = 'end'));
  receiver.on('ping', (payload: Buffer) => {
    if (payload.toString() === MARK && seen === 'none') seen = 'pong';
  });
  receiver.write(Buffer.concat(writes));
  return seen;
}
