import type { Clock } from '@sluice/engine';
import type { TranscriptEntry } from '@sluice/testing';
import type { WebSocket } from 'ws';

/** A client of a replayed server: hears what the server said, each message after as many of its own as in the recording. */
export class ServedClient {
  /** What it has said. */
  readonly heard: TranscriptEntry[] = [];
  private next = 0;
  /** It has said so many messages that the transcript does not wait for yet. */
  private ahead = 0;
  /** Time of the recording up to which the replay has come. */
  private reached: number;
  private isPausing = false;

  /** @param clock keeps the pauses of the recording; undefined: there are none. */
  constructor(
    private readonly socket: WebSocket,
    private readonly entries: readonly TranscriptEntry[],
    private readonly clock: Clock | undefined,
  ) {
    this.reached = entries[0]?.at ?? 0;
    socket.on('message', (data: Buffer, isBinary) => {
      this.heard.push({ at: Date.now(), dir: 'in', data: isBinary ? data : data.toString() });
      this.ahead++;
      this.advance();
    });
    // How it ends makes no difference to what was said.
    socket.on('error', () => undefined);
  }

  /** Says what is due. */
  advance(): void {
    for (let entry = this.due(); entry !== undefined; entry = this.due()) {
      if (entry.dir === 'in') this.socket.send(entry.data);
      else this.ahead--;
      this.reached = entry.at;
      this.next++;
    }
  }

  private due(): TranscriptEntry | undefined {
    const entry = this.entries[this.next];
    if (entry === undefined || this.isPausing) return undefined;
    if (entry.dir === 'out') return this.ahead > 0 ? entry : undefined;
    const pauseMs = entry.at - this.reached;
    if (this.clock === undefined || pauseMs <= 0) return entry;
    this.isPausing = true;
    this.reached = entry.at;
    this.clock.after(pauseMs, () => {
      this.isPausing = false;
      this.advance();
    });
    return undefined;
  }
}
