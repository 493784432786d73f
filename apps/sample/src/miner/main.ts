import { systemClock } from '@sluice/engine';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { amountText, durationText, rateText } from './figures.js';
import { MiningConnection } from './mining-connection.js';
import { MiningCrew } from './mining-crew.js';
import { Miner } from './miner.js';
import { PlainScreen, TerminalScreen } from './miner-screen.js';
import type { MinerScreen } from './miner-screen.js';
import { isLocal, payoutTo, publicPayout } from './payout.js';
import type { Payout } from './payout.js';

const HELP = `Mines blocks on a Hathor node over its mining socket.

  --url URL       mining socket (default ws://127.0.0.1:8080/v1a/mining_ws)
  --address A     who is paid (default, on this machine only: the sample's genesis wallet)
  --threads N     threads that hash (default: one less than there are cores)
  --blocks N      end after N blocks
  --weight W      mine with at least this weight, up to 60: 2^W hashes a block on average
  --ahead S       date blocks up to S seconds ahead of the node's clock (default 5, at most 300)
  --help          show this help`;

/** Frames of the animation per second. */
const FRAMES = 8;

class UsageError extends Error {}

function options() {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'ws://127.0.0.1:8080/v1a/mining_ws' },
      address: { type: 'string' },
      threads: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
      blocks: { type: 'string' },
      weight: { type: 'string' },
      ahead: { type: 'string', default: '5' },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

function count(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name} cannot be '${text}': take ${least} to ${most}`);
}

function checkedUrl(text: string): string {
  if (URL.canParse(text) && /^wss?:/.test(text)) return text;
  throw new UsageError(`--url cannot be '${text}': it begins with ws:// or wss://`);
}

function payout(address: string | undefined, url: string): Payout {
  if (address !== undefined) {
    const known = payoutTo(address);
    if (known !== undefined) return known;
    throw new UsageError(`--address cannot be '${address}': it is no Hathor address`);
  }
  if (isLocal(url)) return publicPayout();
  throw new UsageError('--address is needed: anyone can open the wallet that is paid by default');
}

function screenFor(out: NodeJS.WriteStream): MinerScreen {
  if (!out.isTTY) return new PlainScreen(out, Date.now);
  return new TerminalScreen(out, process.env.NO_COLOR === undefined);
}

async function main(): Promise<void> {
  const values = options();
  if (values.help) return console.log(HELP);
  const url = checkedUrl(values.url);
  const { address, script } = payout(values.address, url);
  const threads = count('threads', values.threads, 1, 256);
  const ahead = count('ahead', values.ahead, 0, 300);
  const limits = {
    ...(values.blocks !== undefined && { blocks: count('blocks', values.blocks, 1, 1e9) }),
    ...(values.weight !== undefined && { weight: count('weight', values.weight, 1, 60) }),
  };
  const screen = screenFor(process.stdout);
  const miner = new Miner(
    { script, threads, ahead, ...limits },
    {
      screen,
      dial: (handler) => new MiningConnection(url, handler, systemClock),
      hire: (handler) => new MiningCrew(threads, handler),
      clock: systemClock,
    },
  );
  // Every time: npm hands on a Ctrl-C that the terminal has sent us already. Stopping takes a second at most.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => miner.stop());
  // Whoever reads our output, `head` for one, may have had enough.
  process.stdout.on('error', () => miner.stop());
  const whose = values.address === undefined ? ', the first address of the genesis words' : '';
  screen.line(`mining on ${url} with ${threads} thread${threads === 1 ? '' : 's'}`);
  screen.line(`rewards go to ${address}${whose}`);
  const started = Date.now();
  const drawing = setInterval(() => screen.show(miner.state), 1000 / FRAMES);
  try {
    await miner.run();
  } finally {
    clearInterval(drawing);
    screen.end();
  }
  screen.line(summary(miner, (Date.now() - started) / 1000));
}

function summary({ yield: { blocks, stale, earned }, meter }: Miner, seconds: number): string {
  const late = stale === 0 ? '' : `, ${stale} too late`;
  const made = `${blocks} block${blocks === 1 ? '' : 's'}${late}`;
  return `${made}, ${amountText(earned)} in ${durationText(seconds)} at ${rateText(meter.perSecond)}`;
}

function isUsageError(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = isUsageError(error) ? 2 : 1;
});
