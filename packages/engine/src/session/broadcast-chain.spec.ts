/** The chain of a broadcast: who is owed what of it, and when it is let go. */
import { describe, expect, it } from '@jest/globals';
import { textFrame } from '../frames/text-frame.js';
import { fakeSession } from '../testing/fake-session.js';
import { ManualClock } from '../testing/manual-clock.js';
import { Broadcast, Lane } from './broadcast.js';

function setUp(outboundBytes = 100) {
  const clock = new ManualClock();
  const broadcast = new Broadcast();
  const lanes = [new Lane(broadcast), new Lane(broadcast)] as const;
  const join = (...joined: readonly Lane[]) => {
    const opened = fakeSession({ clock, outboundBytes });
    for (const lane of joined) lane.add(opened.session);
    return opened;
  };
  return { clock, lanes, join };
}

const tenBytes = textFrame('12345678');

describe('the chain of a broadcast', () => {
  it('brings what is sent while others are written to all who are not written to yet', () => {
    const { clock, lanes, join } = setUp();
    const [lane] = lanes;
    const [first, second] = [join(lane), join(lane)];
    const write = first.socket.write.bind(first.socket);
    first.socket.write = (frames, bytes) => {
      if (first.socket.writes === 0) lane.send(textFrame('meanwhile'));
      return write(frames, bytes);
    };
    lane.send(textFrame('first'));
    clock.turn();
    for (const { socket } of [first, second]) {
      expect(socket.messages).toEqual(['first', 'meanwhile']);
    }
  });

  it('is let go when all have been written to, so that no later turn is cut short', () => {
    const { clock, lanes, join } = setUp();
    const { socket } = join(...lanes);
    for (let turn = 0; turn < 20; turn++) {
      for (const lane of lanes) lane.send(tenBytes);
      expect(socket.writes).toBe(turn);
      clock.turn();
    }
    expect(socket.writes).toBe(20);
  });

  it('does not grow by what is sent on a lane without sessions', () => {
    const { lanes, join } = setUp();
    const [empty, lane] = lanes;
    const { socket, session } = join(lane);
    for (let message = 0; message < 20; message++) empty.send(tenBytes);
    lane.send(tenBytes);
    expect([socket.writes, session.backlog]).toEqual([0, 10]);
  });

  it('forgets a lane that its last session has left', () => {
    const { lanes, join } = setUp();
    const [left, lane] = lanes;
    const { session } = join(...lanes);
    left.remove(session);
    let looked = 0;
    Object.defineProperty(left, 'sessions', { get: () => (looked++, new Set()) });
    for (let message = 0; message < 20; message++) lane.send(tenBytes);
    expect(looked).toBe(0);
  });
});
