/** A wallet with a million vertices streams without growing the process (contract 1.6). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { encodeAddress, networkByName } from '@sluice/hathor/codec';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import WebSocket from 'ws';

const SERVER = fileURLToPath(new URL('long-history/server.mjs', import.meta.url));
const VERTICES = 1_000_000;
const MIB = 1024 ** 2;
/** What is left after a collection may differ by this much; the vertices alone come to some 400 MB. */
const GROWTH = 8 * MIB;

let server: ChildProcess;
let client: WebSocket;

afterEach(async () => {
  client.terminate();
  const ended = once(server, 'exit');
  server.disconnect();
  await ended;
});

async function told<T>(member: string): Promise<T> {
  const [message] = (await once(server, 'message')) as [Record<string, T>];
  if (message[member] === undefined) throw new Error(`The server did not tell its ${member}`);
  return message[member];
}

function memory(): Promise<number> {
  const answer = told<number>('memory');
  server.send({});
  return answer;
}

function addressOfNobody(): string {
  const network = networkByName('privatenet');
  if (network === undefined) throw new Error('privatenet is unknown');
  return encodeAddress('P2PKH', Buffer.alloc(20), network);
}

/** Resolves with the number of vertices that came in order, when the stream has ended. */
function streamed(window: number | null, atVertex: (count: number) => void): Promise<number> {
  let vertices = 0;
  return new Promise((resolve, reject) => {
    client.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as {
        readonly type: string;
        readonly seq?: number;
        readonly data?: { readonly tx_id: string };
      };
      if (frame.type === 'stream:history:end') resolve(vertices);
      if (frame.type === 'stream:history:vertex') {
        if (Number(`0x${frame.data?.tx_id ?? ''}`) !== vertices) {
          reject(new Error(`vertex ${frame.data?.tx_id ?? '?'} came after ${String(vertices)}`));
        }
        atVertex(++vertices);
      }
      if (window !== null && frame.seq !== undefined && frame.seq % (window / 2) === 0) {
        client.send(JSON.stringify({ type: 'request:history:ack', id: 's', ack: frame.seq }));
      }
    });
    client.send(
      JSON.stringify({
        type: 'request:history:manual',
        id: 's',
        first: true,
        last: true,
        addresses: [[0, addressOfNobody()]],
        'window-size': window,
      }),
    );
  });
}

describe('a wallet with a million vertices', () => {
  it.each([
    ['a window of 1000', 1000],
    ['no window', null],
  ])('is streamed in order with %s, in memory that does not grow', async (_, window) => {
    server = fork(SERVER, [String(VERTICES)], { execArgv: ['--expose-gc'] });
    client = new WebSocket(await told<string>('url'), { perMessageDeflate: false });
    await once(client, 'open');
    const memories: Promise<number>[] = [];
    const count = await streamed(window, (vertices) => {
      if (vertices % (VERTICES / 10) === 0) memories.push(memory());
    });
    expect(count).toBe(VERTICES);
    const [warm = NaN, ...later] = await Promise.all(memories);
    expect(later).toHaveLength(9);
    expect(Math.max(...later) - warm).toBeLessThan(GROWTH);
  });
});
