/** What the client of Hathor's event socket has to get right: window, acknowledgements, resuming (contract 2.5). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import type { WebSocket } from 'ws';
import { CliRun } from './support/cli-run.js';
import { eventFrame } from './support/event-frames.js';
import { ScriptedServers } from './support/scripted-server.js';

describe('sluice tap of an event socket', () => {
  const servers = new ScriptedServers();
  afterEach(() => servers.stopAll());

  /** Sends these events to each client that starts a stream, without looking at its window. */
  const sending =
    (...frames: readonly string[]) =>
    (socket: WebSocket): void => {
      socket.once('message', () => {
        for (const frame of frames) socket.send(frame);
      });
    };

  it('acknowledges the last event of each full window, and nothing else', async () => {
    const server = await servers.start(sending(...[0, 1, 2, 3, 4].map((id) => eventFrame(id, 9))));
    const url = `${server.url}/v1a/event_ws`;
    expect((await CliRun.of(['tap', url, '--window', '2', '--count', '5'])).code).toBe(0);
    expect(server.received.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'START_STREAM', last_ack_event_id: null, window_size: 2 },
      { type: 'ACK', ack_event_id: 1, window_size: 2 },
      { type: 'ACK', ack_event_id: 3, window_size: 2 },
    ]);
  });

  it('begins after --from, and tells how to go on', async () => {
    const server = await servers.start(sending(eventFrame(8)));
    const url = `${server.url}/v1a/event_ws/`;
    const { stderr } = await CliRun.of(['tap', url, '--from', '7', '--count', '1']);
    expect(server.received[0]).toContain('"last_ack_event_id":7');
    expect(stderr).toContain('nothing missing, no duplicates; go on with --from 8 (stream stream)');
  });

  it('asks which event is the latest to begin after it', async () => {
    const server = await servers.start((socket) => {
      socket.on('message', (data: Buffer) => {
        const { window_size: size } = JSON.parse(data.toString()) as { window_size?: number };
        if (size === 1) socket.send(eventFrame(0, 41));
        if (size === 100) socket.send(eventFrame(42));
      });
    });
    const url = `${server.url}/v1a/event_ws`;
    const { stdout } = await CliRun.of(['tap', url, '--from', 'latest', '--count', '1']);
    expect(stdout).toMatch(/^\S+ {2}NEW_VERTEX_ACCEPTED {2}42\/42 transaction 0{16}…\n$/);
    expect(server.received.map((text) => (JSON.parse(text) as { type: string }).type)).toEqual([
      'START_STREAM',
      'STOP_STREAM',
      'START_STREAM',
    ]);
  });

  it('goes on after the last event when the connection is lost', async () => {
    const clock = new ManualClock();
    const server = await servers.start((socket, nth) => {
      socket.once('message', () => {
        for (const id of nth === 0 ? [0, 1, 2] : [3, 4]) socket.send(eventFrame(id));
        if (nth === 0) socket.close(1012, 'see you');
      });
    });
    const run = new CliRun(['tap', `${server.url}/v1a/event_ws`, '--count', '5'], { clock });
    await run.told('the connection ended (1012 see you); next attempt in');
    clock.advance(1000);
    expect(await run.ended).toBe(0);
    expect(server.received.at(-1)).toContain('"last_ack_event_id":2');
    expect(run.stderr.text).toContain('# connected again to');
    expect(run.stderr.text).toContain('nothing missing, no duplicates');
  });

  it('reports events that are missing or come twice', async () => {
    const server = await servers.start(sending(...[0, 1, 5, 5].map((id) => eventFrame(id, 9))));
    const args = ['tap', `${server.url}/v1a/event_ws`, '--for', '200ms', '--strict'];
    const clock = new ManualClock();
    const run = new CliRun(args, { clock });
    await run.told('event 5 came twice');
    clock.advance(200);
    expect(await run.ended).toBe(1);
    expect(run.stderr.text).toContain('# events 2 to 4 did not come\n');
    expect(run.stderr.text).toContain('4 messages in 0.2 s, 3 missing, 1 duplicate; go on with');
  });

  it('does not mistake one numbering for another', async () => {
    const server = await servers.start(sending(eventFrame(0), eventFrame(1, 1, 'another')));
    const { code, stdout, stderr } = await CliRun.of(['tap', `${server.url}/v1a/event_ws`]);
    expect(code).toBe(1);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain('# the stream stream is gone, the server now has another');
  });

  it('shows what the server complains about', async () => {
    const complaint = '{"type":"ACK_TOO_SMALL","invalid_request":"{}","error_message":null}';
    const server = await servers.start(sending(complaint, eventFrame(0)));
    const args = ['tap', `${server.url}/v1a/event_ws`, '--type', 'NEW_VERTEX_ACCEPTED'];
    const { code, stdout, stderr } = await CliRun.of([...args, '--count', '1', '--strict']);
    expect([code, stdout.includes('ACK_TOO_SMALL')]).toEqual([1, false]);
    expect(stderr).toContain('# the server complains: ACK_TOO_SMALL');
  });

  it.each([
    [
      ['--type', 'VERTEX_METADATA_CHANGED'],
      [1, 3],
    ],
    [
      ['--type', 'VERTEX_METADATA_CHANGED,NEW_VERTEX_ACCEPTED'],
      [0, 1, 2, 3],
    ],
    [
      ['--grep', '"id":[02],'],
      [0, 2],
    ],
    [
      ['--address', 'H2', '--address', 'H3'],
      [2, 3],
    ],
    [['--address', 'H'], []],
  ])('prints with %j only the events %j', async (filters, ids) => {
    const clock = new ManualClock();
    const last = '{"type":"EVENT_WS_NOT_RUNNING","invalid_request":null,"error_message":null}';
    const server = await servers.start(
      sending(...[0, 1, 2, 3].map((id) => eventFrame(id, 9)), last),
    );
    const args = ['tap', `${server.url}/v1a/event_ws`, '--json', '--for', '1s', ...filters];
    const run = new CliRun(args, { clock });
    await run.told('complains');
    clock.advance(1000);
    await run.ended;
    const printed = run.stdout.lines
      .map((line) => JSON.parse(line) as { event?: { id: number } })
      .flatMap(({ event }) => event?.id ?? []);
    expect(printed).toEqual(ids);
  });
});
