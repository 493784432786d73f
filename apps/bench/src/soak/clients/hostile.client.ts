import { RawClient } from '@sluice/testing';
import { wireInputs, type WireInput } from '@sluice/testing/hostile';
import fc from 'fast-check';
import type { LiveEndpoint } from '../endpoints/live-endpoint.js';
import type { Random } from '../run/seeded-random.js';
import { pause } from './pause.js';
import type {
  ClientCounts,
  ClientName,
  SoakClient,
  SoakContext,
  SoakPhases,
} from './soak-client.js';

const INPUTS_AT_ONCE = 10;
/** The machine may be busy with hundreds of others. */
const CONNECT_WITHIN_MS = 30_000;
const STAY_MS = 2000;
const AWAY_MS = 4000;
/** How many of them read nothing of what they get. */
const DEAF_SHARE = 0.3;

/** Sends what nobody should, made of what the endpoint understands; it is owed nothing but a connection. */
export class HostileClient implements SoakClient {
  readonly counts: ClientCounts = { connections: 0, messages: 0, ended: 0 };
  private readonly inputs: fc.Arbitrary<WireInput>;
  private ready: WireInput[] = [];

  constructor(
    readonly name: ClientName,
    private readonly endpoint: Pick<LiveEndpoint, 'url' | 'examples'>,
    private readonly context: SoakContext,
    private readonly random: Random,
  ) {
    this.inputs = wireInputs(endpoint.examples);
  }

  async run({ calm }: SoakPhases): Promise<void> {
    while (!calm.aborted) {
      await pause(this.random() * AWAY_MS, calm);
      await this.attack(calm).catch((error: unknown) => {
        const got = (error as Error).message;
        this.context.accuse(this.name, { kind: 'ended', expected: 'a connection', got });
      });
    }
  }

  settle(): void {
    // Whatever it gets is right.
  }

  missing(): undefined {
    return undefined;
  }

  private async attack(calm: AbortSignal): Promise<void> {
    const { writes, ending } = this.nextInput();
    const url = this.endpoint.url(this.context.urls);
    await using client = await RawClient.connect(url, { timeoutMs: CONNECT_WITHIN_MS });
    this.counts.connections++;
    if (this.random() < DEAF_SHARE) client.stall();
    for (const bytes of writes) client.write(bytes);
    if (ending !== 'reset-at-once') await pause(this.random() * STAY_MS, calm);
    if (ending === 'finish') {
      client.finish();
      await pause(this.random() * STAY_MS, calm);
    }
    this.counts.messages += client.received;
    if (ending !== 'close') client.reset();
  }

  private nextInput(): WireInput {
    if (this.ready.length === 0) {
      const seed = Math.floor(this.random() * 2 ** 31);
      this.ready = fc.sample(this.inputs, { seed, numRuns: INPUTS_AT_ONCE });
    }
    const input = this.ready.pop();
    if (input === undefined) throw new Error('There is no input');
    return input;
  }
}
