import type { ClientName } from '../clients/soak-client.js';
import type { Fault } from '../ledger/fault.js';
import type { ProcessHoldings } from '../probe/process-holdings.js';
import type { Percentiles } from '../report/latencies.js';
import type { MachineFacts } from '../../report/machine.js';

/** The server and its twin without clients at one moment. */
export interface SoakSample {
  /** Since clients began to come. */
  readonly minute: number;
  readonly server: ProcessHoldings;
  readonly twin: ProcessHoldings;
  /** Open connections as the server counts them. */
  readonly sessions: number;
  /** Since the sample before. */
  readonly latency: Percentiles;
}

/** One thing that must hold. */
export interface Verdict {
  readonly name: string;
  readonly passed: boolean;
  readonly text: string;
}

/** Clients of one endpoint. */
export interface EndpointFigures {
  readonly endpoint: string;
  readonly clients: number;
  readonly connections: number;
  readonly messages: number;
  /** Slow clients that the server has ended. */
  readonly ended: number;
  readonly latency: Percentiles | undefined;
}

/** A fault and whose it was. */
export interface Accusation {
  readonly client: ClientName;
  readonly fault: Fault;
  /** Minutes since the start. */
  readonly minute: number;
}

/** Everything that a soak has found. */
export interface SoakResult {
  readonly settings: {
    readonly seed: number;
    readonly clients: number;
    readonly rate: number;
    readonly minutes: number;
    /** It was to run longer. */
    readonly interrupted: boolean;
  };
  readonly machine: MachineFacts;
  readonly chains: {
    /** Messages that clients were owed, each counted once. */
    readonly published: number;
    /** Actions, and those that a chain refused. */
    readonly done: number;
    readonly refused: number;
    /** Deliveries that latencies do not count, since the soak itself held the server up. */
    readonly leftOut: number;
  };
  readonly endpoints: readonly EndpointFigures[];
  readonly samples: readonly SoakSample[];
  /** The first of them. */
  readonly accusations: readonly Accusation[];
  readonly verdicts: readonly Verdict[];
}
