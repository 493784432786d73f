/** How many nodes a load needs: arithmetic over measured costs (docs/scaling.md). */
import type { Costs } from './costs.js';

/** What the clients are and what happens. */
export interface Load {
  /** Connected at the same time. */
  readonly clients: number;
  readonly eventsPerSecond: number;
  /** Bytes of an event between nodes. */
  readonly eventBytes: number;
  /** Clients that receive an event: a number of them all, or `'all'`. */
  readonly receivers: number | 'all';
}

/** What a node may use. */
export interface NodeLimits {
  /** Part of its core that is used at the mean rate; the rest is for bursts, replay and the collector. */
  readonly cpuShare: number;
  /** Bytes. */
  readonly memory: number;
}

export interface Capacity {
  /** Clients that a node can have. */
  readonly clientsPerNode: number;
  readonly limitedBy: 'cpu' | 'memory';
  /** With all nodes there. */
  readonly nodes: number;
  /** So that one may be missing. */
  readonly nodesWithSpare: number;
  /** Part of a node's core that is used, all nodes there. */
  readonly cpu: number;
  /** Bytes in a second that the servers send to all nodes. */
  readonly serverBytesPerSecond: number;
  /** nats-servers between the writer's and the nodes: 0 as long as one can feed them all. */
  readonly leafServers: number;
  /** Streams that the events must be divided into. */
  readonly partitions: number;
}

/** @throws Error if no number of nodes can carry the load: hearing of the events alone is too much for one. */
export function capacity(load: Load, limits: NodeLimits, costs: Costs): Capacity {
  const byMemory = Math.floor((limits.memory - costs.nodeBytes) / costs.connectionBytes);
  if (byMemory < 1) throw new Error('a node has no memory for clients');
  const fits = (nodes: number): boolean => {
    const clients = load.clients / nodes;
    return clients <= byMemory && cpuOf(clients, load, costs) <= limits.cpuShare;
  };
  if (cpuOf(0, load, costs) > limits.cpuShare) {
    throw new Error('the events are too many for one node to hear of: divide them, see partitions');
  }
  const nodes = leastThat(fits, load.clients);
  const clientsPerNode = Math.ceil(load.clients / nodes);
  const bytes = nodes * load.eventsPerSecond * load.eventBytes;
  return {
    clientsPerNode,
    limitedBy: Math.ceil(load.clients / byMemory) >= nodes ? 'memory' : 'cpu',
    nodes,
    nodesWithSpare: nodes + 1,
    cpu: cpuOf(load.clients / nodes, load, costs),
    serverBytesPerSecond: bytes,
    leafServers:
      bytes <= costs.serverBytesPerSecond ? 0 : Math.ceil(bytes / costs.serverBytesPerSecond),
    partitions: Math.ceil(load.eventsPerSecond / costs.streamEventsPerSecond),
  };
}

/** Part of a core that a node with so many clients uses. */
export function cpuOf(clients: number, load: Load, costs: Costs): number {
  const { eventsPerSecond, receivers } = load;
  const deliveries =
    receivers === 'all' ? clients : receivers * (clients / Math.max(1, load.clients));
  const us =
    eventsPerSecond * (costs.eventCpuUs + deliveries * costs.deliveryCpuUs) +
    clients * costs.connectionCpuUs;
  return us / 1e6;
}

/** The least number from 1 to `most` that fits; more never fit worse. */
function leastThat(fits: (nodes: number) => boolean, most: number): number {
  let low = 1;
  for (let high = Math.max(1, most); low < high;) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
