import { describe, expect, it } from '@jest/globals';
import { json } from '../codecs/json.codec.js';
import { fakeSession } from '../testing/fake-session.js';
import { TopicHub } from '../topics/topic-hub.js';
import { inOrder } from './in-order.flow.js';

function setUp(outboundBytes?: number) {
  const topics = new TopicHub({ codec: json() });
  for (const name of ['head', 'block']) {
    topics.define({ name, render: (text) => text, flow: inOrder(), autoSubscribe: true });
  }
  const { session, socket, clock } = fakeSession({
    topics,
    ...(outboundBytes === undefined ? {} : { outboundBytes }),
  });
  topics.connect(session);
  return { topics, session, socket, clock };
}

describe('inOrder', () => {
  it('keeps the order of all topics of a session while its socket is full', () => {
    const { topics, session, socket, clock } = setUp();
    socket.stall();
    const sent = Array.from({ length: 20 }, (_, n) => String(n));
    for (const text of sent) {
      topics.publish(Number(text) % 3 === 0 ? 'block' : 'head', text);
      clock.turn();
    }
    socket.drain();
    session.drained();
    expect(socket.messages).toEqual(sent);
  });

  it('leaves a session alone that does not read for an hour', () => {
    const { topics, session, socket, clock } = setUp();
    socket.stall();
    topics.publish('head', 'a');
    clock.turn();
    topics.publish('head', 'b');
    clock.advance(3_600_000);
    expect(session.phase).toBe('open');
    expect(clock.pending).toBe(0);
  });

  it('evicts a session for which more waits than outboundBytes', () => {
    const { topics, session, socket, clock } = setUp(100);
    socket.stall();
    for (let n = 0; n < 20; n++) {
      topics.publish('head', 'ten bytes!');
      clock.turn();
    }
    expect(session.phase).not.toBe('open');
  });
});
