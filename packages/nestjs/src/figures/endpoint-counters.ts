import {
  CountersBy,
  engineMetrics,
  type Counter,
  type Histogram,
  type Metrics,
  type SluiceErrorCode,
} from '@sluice/engine';
import { endpointMetrics, type RefusalReason } from './endpoint-metrics.js';

/** How a command ended. */
export type CommandResult = 'ok' | Lowercase<SluiceErrorCode>;

/** Stands for what no handler takes: a name is counted only if the application has chosen it. */
const UNKNOWN = 'unknown';

interface CommandCounters {
  readonly results: CountersBy<CommandResult>;
  readonly seconds: Histogram;
}

/** The counters of one endpoint. */
export class EndpointCounters {
  readonly refused: CountersBy<RefusalReason>;
  readonly faults: CountersBy<SluiceErrorCode>;
  private readonly commands = new Map<string, CommandCounters>();

  constructor(
    private readonly metrics: Metrics,
    private readonly endpoint: string,
  ) {
    this.refused = new CountersBy((reason) => refusedCounter(metrics, endpoint, reason));
    this.faults = new CountersBy((code) =>
      metrics.counter(engineMetrics.faults, { endpoint, topic: '', code }),
    );
  }

  /**
   * Counts a command that a handler has taken.
   *
   * @param ms how long that took.
   */
  command(name: string, code: SluiceErrorCode | undefined, ms: number): void {
    const { results, seconds } = this.countersOf(name);
    results.add(resultOf(code));
    seconds.observe(ms / 1000);
  }

  /** Counts what no handler has taken. */
  unknownCommand(code: SluiceErrorCode): void {
    this.countersOf(UNKNOWN).results.add(resultOf(code));
  }

  private countersOf(command: string): CommandCounters {
    let counters = this.commands.get(command);
    if (counters === undefined) {
      const { metrics, endpoint } = this;
      counters = {
        results: new CountersBy((result) =>
          metrics.counter(endpointMetrics.commands, { endpoint, command, result }),
        ),
        seconds: metrics.histogram(endpointMetrics.commandSeconds, { endpoint, command }),
      };
      this.commands.set(command, counters);
    }
    return counters;
  }
}

/** Counts upgrades that are refused for one reason; the endpoint is empty if there is none. */
export function refusedCounter(metrics: Metrics, endpoint: string, reason: RefusalReason): Counter {
  return metrics.counter(endpointMetrics.connectionsRefused, { endpoint, reason });
}

function resultOf(code: SluiceErrorCode | undefined): CommandResult {
  return code === undefined ? 'ok' : (code.toLowerCase() as Lowercase<SluiceErrorCode>);
}
