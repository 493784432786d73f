import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EventFrame, Position } from './event-follower.js';
import { EventFollower } from './event-follower.js';

const HELP = `Prints a Hathor event stream, acknowledges it, and resumes where it stopped.

  --url URL      event socket (default ws://127.0.0.1:8080/v1a/event_ws)
  --window N     events in flight (default 100)
  --from ID      start after this event
  --state FILE   keep the position in this file and go on from it
  --raw          print whole frames
  --help         show this help`;

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'ws://127.0.0.1:8080/v1a/event_ws' },
    window: { type: 'string', default: '100' },
    from: { type: 'string' },
    state: { type: 'string' },
    raw: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function line({ event, latest_event_id }: EventFrame): string {
  const group = event.group_id === null ? '' : ` group ${event.group_id}`;
  const subject = event.data.hash === undefined ? '' : ` ${event.data.hash.slice(0, 16)}…`;
  return `${event.id}/${latest_event_id} ${event.type}${subject}${group}`;
}

function savedPosition(file: string | undefined): Position | undefined {
  return file !== undefined && existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Position)
    : undefined;
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP);
    return;
  }
  const saved = savedPosition(values.state);
  const from = values.from === undefined ? undefined : Number(values.from);
  const follower = new EventFollower(
    {
      url: values.url,
      window: Number(values.window),
      retryMs: 1000,
      ...(saved && { position: saved }),
      ...(from !== undefined && { startAfter: from }),
    },
    {
      event: (frame) => console.log(values.raw ? JSON.stringify(frame) : line(frame)),
      acknowledged: (position) => {
        if (values.state !== undefined) writeFileSync(values.state, JSON.stringify(position));
      },
      notice: (text) => console.error(`# ${text}`),
    },
  );
  // Whoever reads our output, `head` for one, may have had enough.
  process.stdout.on('error', () => follower.stop());
  process.once('SIGINT', () => follower.stop());
  process.once('SIGTERM', () => follower.stop());
  await follower.run();
}

main().catch((error: unknown) => {
  console.error(`# ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
