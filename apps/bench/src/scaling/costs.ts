/** What things cost one gateway process. JavaScript runs on one core, so a node is one process and one core. */
export interface Costs {
  /** CPU µs for each event that a node hears of, whoever receives it: decoding, index, making the message. */
  readonly eventCpuUs: number;
  /** CPU µs for each message to a client. */
  readonly deliveryCpuUs: number;
  /** CPU µs for each connection and second: heartbeat. */
  readonly connectionCpuUs: number;
  /** Bytes of memory for each connection. */
  readonly connectionBytes: number;
  /** Bytes of memory of a node without connections. */
  readonly nodeBytes: number;
  /** CPU µs for each event that is replayed to one client from the log. */
  readonly replayCpuUs: number;
  /** CPU µs of a connection that is opened: handshake, first requests. */
  readonly openCpuUs: number;
  /** Events that one JetStream stream takes in a second, in batches. */
  readonly streamEventsPerSecond: number;
  /** Bytes that one nats-server can send in a second to all who follow. */
  readonly serverBytesPerSecond: number;
}

/**
 * Which of them were measured, and how, is in docs/scaling.md; the others are estimates, on the safe side. Replace them by
 * those of your own machine and messages: `npm run scaling -- --costs FILE`.
 */
export const DEFAULT_COSTS: Costs = {
  eventCpuUs: 100,
  deliveryCpuUs: 12,
  connectionCpuUs: 2,
  connectionBytes: 20_000,
  nodeBytes: 120_000_000,
  replayCpuUs: 12,
  openCpuUs: 600,
  streamEventsPerSecond: 20_000,
  serverBytesPerSecond: 100_000_000,
};

/** @throws Error naming what is missing, unknown or no number above 0. */
export function readCosts(text: string): Costs {
  const given = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const known = Object.keys(DEFAULT_COSTS);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`there are no costs ${unknown.join(', ')}`);
  for (const [name, value] of Object.entries(given)) {
    if (!(typeof value === 'number' && value > 0)) throw new Error(`${name} is a number above 0`);
  }
  return { ...DEFAULT_COSTS, ...given };
}
