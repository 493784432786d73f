import type { LiveEndpoint } from '../endpoints/live-endpoint.js';
import type { Fault } from '../ledger/fault.js';
import type { Random } from '../run/seeded-random.js';
import { leave } from './leave.js';
import { LiveConnection } from './live-connection.js';
import { pause, untilAborted } from './pause.js';
import type {
  ClientCounts,
  ClientName,
  SoakClient,
  SoakContext,
  SoakPhases,
} from './soak-client.js';

/** How long a slow client does not look at its socket, at most, and then reads. */
const STALL_MS = 8000;
const READ_MS = 1000;
/** How long a flapping client stays, and is away, at most. */
const STAY_MS = 5000;
const AWAY_MS = 2000;

/** A client of a live endpoint that reads always, by fits and starts, or never for long. */
export class LiveClient implements SoakClient {
  readonly counts: ClientCounts = { connections: 0, messages: 0, ended: 0 };
  private connection: LiveConnection | undefined;
  /** Connections that have ended, until everything that they got is judged. */
  private former: LiveConnection[] = [];

  constructor(
    readonly name: ClientName,
    private readonly endpoint: LiveEndpoint,
    readonly context: SoakContext,
    readonly random: Random,
  ) {}

  async run(phases: SoakPhases): Promise<void> {
    while (!phases.calm.aborted) {
      const connection = await this.connect();
      if (connection !== undefined) {
        const end = await Promise.race([connection.lost, this.behave(connection, phases)]);
        this.leave(connection, end === 'lost');
      }
      await pause(this.random() * AWAY_MS, phases.calm);
    }
  }

  settle(knownTo: number): void {
    const all = this.connection === undefined ? this.former : [...this.former, this.connection];
    for (const { ledger } of all) {
      for (const fault of ledger.settle(knownTo)) this.context.accuse(this.name, fault);
    }
    this.former = this.former.filter(({ ledger }) => ledger.isPending);
  }

  missing(): Fault | undefined {
    return this.connection?.ledger.missing();
  }

  private async connect(): Promise<LiveConnection | undefined> {
    try {
      this.connection = await LiveConnection.open(this.endpoint, this);
    } catch (error) {
      this.accuse('a connection', (error as Error).message);
    }
    return this.connection;
  }

  private async behave({ socket }: LiveConnection, { calm, over }: SoakPhases): Promise<void> {
    switch (this.name.behaviour) {
      case 'slow':
        while (!calm.aborted) {
          socket.stall();
          await pause(this.random() * STALL_MS, calm);
          socket.resume();
          await pause(this.random() * READ_MS, calm);
        }
        break;
      case 'flapping':
        await pause(this.random() * STAY_MS, calm);
        if (!calm.aborted) return;
    }
    await untilAborted(over);
  }

  private leave(connection: LiveConnection, isByServer: boolean): void {
    this.connection = undefined;
    this.former.push(connection);
    if (isByServer) this.counts.ended++;
    // Whoever reads all the time gives the server no reason.
    if (isByServer && this.name.behaviour !== 'slow') this.accuse('to stay', 'the server ended it');
    leave(connection.socket, this.random);
  }

  private accuse(expected: string, got: string): void {
    this.context.accuse(this.name, { kind: 'ended', expected, got });
  }
}
