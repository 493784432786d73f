/**
 * What happens when a node ends without warning: its clients connect elsewhere, which costs the others, and get what they
 * have missed from the log. Second by second, with queues where a core has more to do than it can.
 */
import type { Load } from './capacity.js';
import { cpuOf } from './capacity.js';
import type { Costs } from './costs.js';

export interface NodeLossOptions {
  readonly nodes: number;
  /** Seconds over which clients connect again; they wait a random time. */
  readonly spreadSeconds: number;
  /** Seconds that are looked at. */
  readonly seconds: number;
}

export interface NodeLoss {
  /** Greatest part of a core that is asked for in one second; above 1 work waits. */
  readonly peakCpu: number;
  /** Longest time that new events wait behind other work, seconds. */
  readonly longestDelay: number;
  /** Seconds from the loss until nothing waits any more; undefined if that is later than was looked at. */
  readonly recoveredAfter: number | undefined;
  /** Events that a client that came last had to be sent again. */
  readonly mostReplayed: number;
}

/** @throws Error if there is no other node. */
export function loseNode(load: Load, costs: Costs, options: NodeLossOptions): NodeLoss {
  const { nodes, spreadSeconds, seconds } = options;
  if (nodes < 2) throw new Error('there is no other node');
  const perNode = load.clients / nodes;
  const perSecond = perNode / spreadSeconds / (nodes - 1);
  const receivedByClient =
    load.receivers === 'all' ? 1 : Math.min(1, load.receivers / Math.max(1, load.clients));
  let waiting = 0;
  let peakCpu = 0;
  let longestDelay = 0;
  let recoveredAfter: number | undefined;
  let mostReplayed = 0;
  for (let second = 0; second < seconds; second++) {
    const arriving = second < spreadSeconds ? perSecond : 0;
    const present = perNode + perSecond * Math.min(second + 1, spreadSeconds);
    // Who comes in this second has missed everything since the loss.
    const missed = (second + 1) * load.eventsPerSecond * receivedByClient;
    if (arriving > 0) mostReplayed = Math.max(mostReplayed, missed);
    const demand =
      cpuOf(present, load, costs) +
      (arriving * (costs.openCpuUs + missed * costs.replayCpuUs)) / 1e6;
    peakCpu = Math.max(peakCpu, demand);
    waiting = Math.max(0, waiting + demand - 1);
    longestDelay = Math.max(longestDelay, waiting);
    if (waiting > 0) recoveredAfter = undefined;
    else recoveredAfter ??= second + 1;
  }
  return { peakCpu, longestDelay, recoveredAfter, mostReplayed: Math.ceil(mostReplayed) };
}
