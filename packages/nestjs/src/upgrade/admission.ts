import { ForbiddenException, HttpException } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import type { FaultLog } from '../faults/fault-log.js';
import type { EndpointCounters } from '../figures/endpoint-counters.js';
import type { RefusalReason } from '../figures/endpoint-metrics.js';
import { allowsOrigin, type OriginRule } from '../options/origins.js';
import type { ConnectGuard, ConnectRequest } from './connect-guard.js';
import type { ConnectionGate } from './connection-gate.js';
import { ClientGone, Handshakes } from './handshakes.js';
import {
  ForbiddenOriginException,
  HandshakeTimeoutException,
  NotAcceptingException,
  refuse,
  TooManyConnectionsException,
} from './refusal.js';
import type { Upgrade } from './upgrade-router.js';

/** Collaborators and rules of an {@link Admission}. */
export interface AdmissionOptions {
  /** Label in metrics and logs. */
  readonly endpoint: string;
  /** Where the connections of all endpoints are counted. */
  readonly serverGate: ConnectionGate;
  /** Where those of this endpoint are counted. */
  readonly gate: ConnectionGate;
  /** Whether the limit per address of all endpoints counts here; the endpoint may have one of its own instead. */
  readonly sharesAddressLimit: boolean;
  /** Whether whoever finds that gate's limit reached is admitted all the same, as {@link Admitted.excess}. */
  readonly admitsExcess: boolean;
  readonly origins: OriginRule | undefined;
  readonly guards: readonly ConnectGuard[];
  readonly handshakeMs: number;
  readonly clock: Clock;
  readonly counters: EndpointCounters;
  readonly log: FaultLog;
}

/** A client that may connect. */
export interface Admitted {
  /** Bytes that came behind the upgrade request. */
  readonly head: Buffer;
  /** To be called when the connection is gone. */
  readonly leave: () => void;
  /** Whether the client found the endpoint's limit reached; it is not counted there. */
  readonly excess: boolean;
}

type Entry = Omit<Admitted, 'head'>;

/** Everything that is decided before the 101 answer. Whoever is refused gets a real HTTP answer. */
export class Admission {
  private open = false;
  private readonly handshakes: Handshakes;

  constructor(private readonly options: AdmissionOptions) {
    this.handshakes = new Handshakes(options.clock, options.handshakeMs);
  }

  /** Whether clients are let in. */
  get accepting(): boolean {
    return this.open;
  }

  /** Lets clients in from now on; before, and after {@link end}, they get a 503. */
  begin(): void {
    this.open = true;
  }

  end(): void {
    this.open = false;
    this.handshakes.end();
  }

  /** @returns undefined if the client was refused or left. */
  async admit(upgrade: Upgrade, connect: ConnectRequest): Promise<Admitted | undefined> {
    const { socket } = upgrade;
    let entry: Entry | undefined;
    try {
      entry = this.enter(connect);
      const head = await this.handshakes.watch(socket, upgrade.head, () => this.askGuards(connect));
      this.assertOpen();
      return { head, ...entry };
    } catch (error) {
      entry?.leave();
      this.refused(error, connect);
      if (error instanceof ClientGone) socket.destroy();
      else refuse(socket, error);
      return undefined;
    }
  }

  private enter(connect: ConnectRequest): Entry {
    this.assertOpen();
    const { origin } = connect.request.headers;
    if (!allowsOrigin(this.options.origins, origin)) {
      throw new ForbiddenOriginException();
    }
    const { serverGate, sharesAddressLimit } = this.options;
    const leaveServer = serverGate.enter(connect.address, sharesAddressLimit);
    try {
      const leaveEndpoint = this.options.gate.enter(connect.address);
      const leave = (): void => {
        leaveEndpoint();
        leaveServer();
      };
      return { leave, excess: false };
    } catch (error) {
      if (this.options.admitsExcess) return { leave: leaveServer, excess: true };
      leaveServer();
      throw error;
    }
  }

  private async askGuards(connect: ConnectRequest): Promise<void> {
    for (const guard of this.options.guards) {
      if (!(await guard.canConnect(connect))) throw new ForbiddenException('Forbidden resource');
    }
  }

  private assertOpen(): void {
    if (!this.open) throw new NotAcceptingException();
  }

  private refused(error: unknown, connect: ConnectRequest): void {
    const { endpoint, counters, log } = this.options;
    counters.refused.add(reasonOf(error));
    if (error instanceof HttpException || error instanceof ClientGone) {
      log.client(`${endpoint}: refused ${connect.address}: ${error.message}`);
    } else {
      log.internal(error, `${endpoint}: a connect guard`);
    }
  }
}

function reasonOf(error: unknown): RefusalReason {
  if (error instanceof TooManyConnectionsException) return 'limit';
  if (error instanceof ForbiddenOriginException) return 'origin';
  if (error instanceof NotAcceptingException) return 'closed';
  if (error instanceof HandshakeTimeoutException) return 'timeout';
  if (error instanceof ClientGone) return 'gone';
  return error instanceof HttpException ? 'guard' : 'error';
}
