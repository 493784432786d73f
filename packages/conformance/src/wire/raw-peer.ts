import type { RawClient, RawFrame } from '@sluice/testing';
import type { WireRecord } from './wire-record.js';

/** A connection on which frames can be wrong; it sees control frames, and answers none. */
export class RawPeer {
  constructor(
    private readonly client: RawClient,
    private readonly record: WireRecord,
    private readonly connection: number,
  ) {}

  /** Sends bytes as they are. @param name what they are, for the report. */
  send(name: string, ...frames: readonly Uint8Array[]): void {
    this.record.note(this.connection, 'out', name);
    for (const bytes of frames) this.client.write(bytes);
  }

  /** Takes frames up to the first of one of these kinds. @throws WaitError if none comes in time. */
  async next<K extends RawFrame['kind']>(...kinds: readonly K[]): Promise<RawFrame & { kind: K }> {
    for (;;) {
      const frame = await this.client.nextFrame();
      this.record.note(this.connection, 'in', describeFrame(frame));
      if ((kinds as readonly string[]).includes(frame.kind)) return frame as RawFrame & { kind: K };
    }
  }

  /** Takes the Close frame, whatever comes before it; nothing if the connection ends without one. */
  async closing(): Promise<(RawFrame & { kind: 'close' }) | undefined> {
    try {
      return await this.next('close');
    } catch (error) {
      const ended = this.client.ended({ timeoutMs: 1 });
      return ended.then(
        () => undefined,
        () => {
          throw error;
        },
      );
    }
  }

  /** Resolves when the server has ended the TCP connection. @throws WaitError if it does not in time. */
  async ended(): Promise<void> {
    await this.client.ended();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
  }
}

function describeFrame(frame: RawFrame): string {
  switch (frame.kind) {
    case 'text':
      return frame.text;
    case 'close':
      return `(Close ${frame.code ?? 'without a code'} "${frame.reason}")`;
    default:
      return `(${frame.kind}: ${frame.bytes.toString('latin1').slice(0, 50)})`;
  }
}
