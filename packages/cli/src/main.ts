/** The program: {@link runCli} with this process's arguments, streams and signals. */
import { Interruption } from './interruption.js';
import { runCli } from './run-cli.js';
import { processTerminal } from './terminal/terminal.js';

/** 128 and the signal's number, as shells have it. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

const abort = new AbortController();

for (const [name, exitCode] of Object.entries(SIGNALS)) {
  process.on(name, () => {
    // Who asks twice does not want to wait for the report.
    if (abort.signal.aborted) process.exit(exitCode);
    abort.abort(new Interruption(name, exitCode));
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `| head` has seen enough.
    if (error.code !== 'EPIPE') throw error;
    abort.abort(new Interruption('nobody reads the output', 0));
  });
}

// Waits of Sluice's clock let a process end; a command that waits for its next attempt is not over.
const busy = setInterval(() => undefined, 2 ** 30);
process.exitCode = await runCli(process.argv.slice(2), {
  terminal: processTerminal(),
  signal: abort.signal,
});
clearInterval(busy);
