/** A writer and a gateway with a line between them that loses what the test wants, and their calls answered at once. */
import type { FannedEvent, FanOutLoss } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';
import { FanFollower } from '../../src/nodes/fan-follower.js';
import { decodeFrame, type FanFrame, type WriterRun } from '../../src/nodes/fan-frame.js';
import { FanSender } from '../../src/nodes/fan-sender.js';

export class FanPair {
  readonly clock = new ManualClock();
  /** What the gateway announced; a loss stands between the events around it. */
  readonly heard: (number | FanOutLoss)[] = [];
  /** Whether frames arrive. */
  arrives = true;
  /** Changes a frame on its way. */
  spoil: (frame: Uint8Array) => void = () => undefined;
  readonly writers = new Map<string, FanSender>();
  private wallClockAhead = 0;
  private readonly follower: FanFollower;

  constructor() {
    this.follower = new FanFollower(
      {
        event: ({ data }: FannedEvent) => this.heard.push(data as number),
        lost: (loss) => this.heard.push(loss),
      },
      (run, number) => this.ask(run, number),
      {
        now: () => this.clock.now() + this.wallClockAhead,
        monotonic: () => this.clock.monotonic(),
        after: (ms, task) => this.clock.after(ms, task),
        soon: (task) => this.clock.soon(task),
      },
    );
  }

  /** Sets the gateway's wall clock forward; no time passes. */
  setClock(ms: number): void {
    this.wallClockAhead += ms;
  }

  /** A writer that starts now. */
  writer(
    id: string,
    { remember = 1e6, startedAt = this.clock.now(), maxPayload = 1e6 } = {},
  ): FanSender {
    const outlet = {
      maxPayload,
      publish: (frame: Uint8Array) => {
        this.spoil(frame);
        if (this.arrives) this.follower.accept(decoded(frame));
      },
    };
    const run = { startedAt, id: id.padStart(16, '0') };
    const writer = new FanSender(run, outlet, this.clock, remember);
    this.writers.set(run.id, writer);
    return writer;
  }

  /** Sends numbers, each in a frame of its own. */
  send(writer: FanSender, ...numbers: number[]): void {
    for (const data of numbers) {
      writer.send({ type: 'n', time: 0, data });
      writer.flush();
    }
  }

  /** The writer's process ends without another word. */
  kill(writer: FanSender): void {
    this.writers.delete(writer.run.id);
  }

  /** Lets promises and the timers of `ms` go on. */
  async pass(ms = 0): Promise<void> {
    for (let left = ms; left >= 0; left -= 100) {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      this.clock.advance(Math.min(100, Math.max(0, left)));
    }
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  }

  private ask(run: WriterRun, number: number): Promise<FanFrame> {
    const writer = this.writers.get(run.id);
    if (writer === undefined) return Promise.reject(new Error('no responders'));
    return Promise.resolve(decoded(writer.answer(number)));
  }
}

function decoded(bytes: Uint8Array): FanFrame {
  const frame = decodeFrame(bytes);
  if (frame === undefined) throw new Error('that is no frame');
  return frame;
}
