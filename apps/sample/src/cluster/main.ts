import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { check } from './check.js';
import { Cluster, type ClusterOptions } from './cluster.js';
import { seededRandom } from './seeded-random.js';
import { show } from './show.js';

const HELP = `Runs several nodes of the sample on this machine over a nats-server of their own: a writer, another one that waits to
replace it, and gateways. Ctrl-C ends everything.

Without --check a client hops between the gateways while nodes are killed; what happens is told until Ctrl-C.

  --gateways N   gateways (default 3)
  --every SEC    seconds between two things that happen (default 5)
  --calm         nothing is killed, and no client hops
  --pace TIME    time between blocks (default 1s)
  --check        publish events, kill nodes, and compare what every client got; exit code 1 if it differs
  --events N     with --check: events (default 100000)
  --clients N    with --check: clients (default 300)
  --seed N       with --check: which gateways are killed, and who connects where (default 1)
  --json         one line of JSON: with --check the numbers at the end, otherwise all URLs once all serve
  --help         show this help`;

const { values } = parseArgs({
  options: {
    gateways: { type: 'string', default: '3' },
    every: { type: 'string', default: '5' },
    pace: { type: 'string', default: '1s' },
    calm: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    events: { type: 'string', default: '100000' },
    clients: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function number(name: 'gateways' | 'every' | 'events' | 'clients' | 'seed'): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} is a whole number above 0`);
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP);
    return;
  }
  const begin = performance.now();
  const say = (line: string): void => {
    const seconds = ((performance.now() - begin) / 1000).toFixed(1).padStart(6);
    console.error(`${seconds} s  ${line}`);
  };
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      ending.abort();
    });
  }
  const options: ClusterOptions = {
    gateways: number('gateways'),
    flags: values.check ? ['--only', 'hathor'] : [],
    writerFlags: ['--pace', values.check ? '0' : values.pace],
  };
  say('nats-server, two writers and the gateways start');
  const cluster = await Cluster.start(options, ending.signal);
  say(`all serve; nats-server is at ${cluster.natsUrl}`);
  try {
    await (values.check
      ? runCheck(cluster, say, ending.signal)
      : runShow(cluster, say, ending.signal));
  } catch (error) {
    say(`FAILED: ${(error as Error).message}`);
    if (cluster.complaints !== '') say(cluster.complaints);
    process.exitCode = 1;
  } finally {
    say('everything is ended');
    await cluster.end();
  }
}

async function runShow(
  cluster: Cluster,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { natsUrl: nats, writer, serving: gateways } = cluster;
  if (values.json) console.log(JSON.stringify({ nats, writer, gateways }));
  for (const { hathor, nano } of gateways) {
    say(`gateway: ${String(hathor.event_ws)}, ${String(nano.ws)}, …`);
  }
  if (!values.calm) await show(cluster, { everyMs: number('every') * 1000, signal, say });
  else if (!signal.aborted) await once(signal, 'abort');
}

async function runCheck(
  cluster: Cluster,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const report = await check(cluster, {
    events: number('events'),
    clients: number('clients'),
    random: seededRandom(number('seed')),
    signal,
    say,
  });
  say(`every client has the events 0 to ${String(report.events - 1)}, none missing, none twice`);
  if (values.json) console.log(JSON.stringify(report));
  else console.error(report);
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exit(1);
});
