import type { CancelTask, Clock } from '@sluice/engine';
import { Transcript, type CompareOptions, type TranscriptEntry } from '@sluice/testing';
import { FAULT, SUCCESS } from '../commands/command.js';
import { connect, type Connection } from '../connection/connect.js';
import type { Target } from '../connection/target.js';
import type { Terminal } from '../terminal/terminal.js';
import { showDifferences } from './differences.js';

/** What is replayed where. */
export interface ReplayRequest {
  readonly transcript: Transcript;
  readonly target: Target;
  readonly compare: CompareOptions;
  /** How long the server may let the client wait for a message, milliseconds. */
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/**
 * Says the client's side of a transcript to a server, each message after as many have come as in the recording, and shows in
 * what the answers differ.
 *
 * @returns the exit code.
 * @throws CommandError if the connection cannot be made.
 */
export async function replayClient(request: ReplayRequest): Promise<number> {
  const { transcript, target, compare, patienceMs, clock, terminal, signal } = request;
  const steps = [...transcript.entries];
  const said: TranscriptEntry[] = [];
  const done = new AbortController();
  const stop = (): void => {
    done.abort();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  let cancelWait: CancelTask = () => undefined;
  const advance = (connection: Connection): void => {
    cancelWait();
    while (steps[0]?.dir === 'out') {
      connection.send(steps[0].data);
      steps.shift();
    }
    if (steps.length === 0) stop();
    else cancelWait = clock.after(patienceMs, stop);
  };
  await connect(
    target,
    {
      open: (connection) => {
        advance(connection);
      },
      message: (data, connection) => {
        if (done.signal.aborted) return;
        said.push({ at: clock.now(), dir: 'in', data });
        steps.shift();
        advance(connection);
      },
    },
    done.signal,
  );
  cancelWait();
  const count = showDifferences(transcript, new Transcript(said), compare, terminal);
  const result = count === 0 ? 'as recorded' : `${String(count)} differ`;
  terminal.stderr.write(`# ${String(said.length)} messages received, ${result}\n`);
  return count === 0 ? SUCCESS : FAULT;
}
