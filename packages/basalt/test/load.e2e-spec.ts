/** A thousand clients of which ten stop reading (contract 7 and 8). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { textFrame, type Session } from '@sluice/engine';
import { RawClient } from '@sluice/testing';
import { WebSocket } from 'ws';
import { BasaltApps } from './support/basalt-app.js';
import { toyBlock } from './support/toy-blocks.js';
import { until } from './support/until.js';

const CLIENTS = 1000;
const STALLED = 10;

const apps = new BasaltApps();
let readers: Reader[] = [];

afterEach(async () => {
  for (const reader of readers) reader.end();
  readers = [];
  await apps.stopAll();
});

/** Takes blocks and notes whether one is missing. */
class Reader {
  /** Number of the last block that came in order. */
  last: number | undefined;
  gaps = 0;
  private readonly socket: WebSocket;

  private constructor(url: string) {
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.socket
      .on('error', () => undefined)
      .on('message', (text: Buffer) => {
        const number = Number(/"number":(\d+)/.exec(text.toString())?.[1]);
        if (this.last !== undefined && number !== this.last + 1) this.gaps++;
        this.last = number;
      });
  }

  static async connect(url: string): Promise<Reader> {
    const reader = new Reader(url);
    readers.push(reader);
    await new Promise((resolve, reject) => {
      reader.socket.once('open', resolve).once('error', reject);
    });
    return reader;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  end(): void {
    this.socket.terminate();
  }
}

/** Sends the sessions something else, more than any kernel keeps for a client that does not read, however late it says so. */
function fill(sessions: readonly Session[]): void {
  const padding = textFrame('x'.repeat(12 * 1024 * 1024));
  for (const session of sessions) {
    session.write(padding);
    session.flush();
  }
}

describe('a thousand clients', () => {
  it('basalt §14.16 lose the ten that stop reading, and nothing else', async () => {
    const app = await apps.start();
    const stalled: RawClient[] = [];
    while (stalled.length < STALLED) {
      const client = await RawClient.connect(app.url);
      client.stall();
      stalled.push(client);
    }
    await until(() => app.status.sessions.length === STALLED);
    const slow = app.status.sessions;
    while (readers.length < CLIENTS - STALLED) {
      await Promise.all(Array.from({ length: 90 }, () => Reader.connect(app.url)));
    }
    await until(() => app.status.sessions.length === CLIENTS);
    fill(slow);
    let last = 0;

    // The next block comes when everybody has the last one: a client that is delayed delays the test.
    const everybodyHears = async (): Promise<void> => {
      await app.announce(toyBlock(++last));
      await until(() => readers.every((reader) => reader.last === last));
    };
    for (let ms = 0; ms < 5000; ms += 500) {
      await everybodyHears();
      expect(app.status.connections).toBe(CLIENTS);
      app.clock.advance(ms < 4500 ? 500 : 499);
    }
    app.clock.advance(1);
    await until(() => app.status.connections === CLIENTS - STALLED);
    for (let count = 0; count < 10; count++) await everybodyHears();

    expect(readers).toHaveLength(CLIENTS - STALLED);
    expect(readers.filter((reader) => reader.gaps > 0 || !reader.isOpen)).toEqual([]);
    expect(app.status.connections).toBe(CLIENTS - STALLED);
    for (const client of stalled) {
      client.resume();
      await client.ended();
    }
  });
});
