import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { capacity, type Load } from './capacity.js';
import { DEFAULT_COSTS, readCosts } from './costs.js';
import { loseNode } from './node-loss.js';

const HELP = `How many gateway nodes a load needs, and what happens when one of them is lost (docs/scaling.md).

  --clients N      connected at the same time (default 1000000)
  --events N       events in a second (default 50)
  --bytes N        bytes of an event between nodes (default 1000)
  --receivers N    clients that receive an event, or 'all' (default 4)
  --cpu PART       part of a node's core that is used at the mean rate (default 0.5)
  --memory GB      memory of a node (default 2)
  --spread SEC     seconds over which the clients of a lost node connect again (default 10)
  --costs FILE     JSON with costs to use instead of the measured ones
  --json           one line of JSON
  --help           show this help`;

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '1000000' },
    events: { type: 'string', default: '50' },
    bytes: { type: 'string', default: '1000' },
    receivers: { type: 'string', default: '4' },
    cpu: { type: 'string', default: '0.5' },
    memory: { type: 'string', default: '2' },
    spread: { type: 'string', default: '10' },
    costs: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function number(name: 'clients' | 'events' | 'bytes' | 'receivers' | 'cpu' | 'memory' | 'spread') {
  const value = Number(values[name]);
  if (value > 0) return value;
  throw new Error(`--${name} is a number above 0`);
}

function main(): void {
  if (values.help) {
    console.log(HELP);
    return;
  }
  const costs =
    values.costs === undefined ? DEFAULT_COSTS : readCosts(readFileSync(values.costs, 'utf8'));
  const load: Load = {
    clients: number('clients'),
    eventsPerSecond: number('events'),
    eventBytes: number('bytes'),
    receivers: values.receivers === 'all' ? 'all' : number('receivers'),
  };
  const needed = capacity(load, { cpuShare: number('cpu'), memory: number('memory') * 1e9 }, costs);
  const loss = loseNode(load, costs, {
    nodes: needed.nodesWithSpare,
    spreadSeconds: number('spread'),
    seconds: 600,
  });
  if (values.json) {
    console.log(JSON.stringify({ load, costs, needed, loss }));
    return;
  }
  console.log(`nodes                      ${String(needed.nodes)}, and one to spare`);
  console.log(
    `clients for each           ${String(needed.clientsPerNode)} (limit: ${needed.limitedBy})`,
  );
  console.log(`core used for each         ${percent(needed.cpu)}`);
  console.log(`bytes/s from nats-server   ${String(needed.serverBytesPerSecond)}`);
  console.log(`leaf servers               ${String(needed.leafServers)}`);
  console.log(`streams                    ${String(needed.partitions)}`);
  console.log('when a node is lost');
  console.log(`  most of a core           ${percent(loss.peakCpu)}`);
  console.log(`  longest delay            ${loss.longestDelay.toFixed(1)} s`);
  console.log(`  all is well after        ${String(loss.recoveredAfter ?? 'more than 600')} s`);
}

function percent(part: number): string {
  return `${(part * 100).toFixed(0)} %`;
}

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
