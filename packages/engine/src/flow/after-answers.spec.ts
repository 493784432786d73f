import { describe, expect, it } from '@jest/globals';
import { policyUnderTest } from '../testing/fake-outlet.js';
import { afterAnswers } from './after-answers.flow.js';
import { deadline } from './deadline.flow.js';
import { disconnectSlow } from './disconnect-slow.flow.js';
import { dropOldest } from './drop-oldest.flow.js';
import type { FlowOutlet } from './flow-control.js';
import { latestOnly } from './latest-only.flow.js';

const frame = (name: string) => ({ frame: Buffer.from(name), event: name });

function create(flow = afterAnswers(latestOnly())) {
  const { outlet, policy } = policyUnderTest(flow);
  const offer = (...names: readonly string[]) => {
    for (const name of names) policy.offer(frame(name));
  };
  return { outlet, policy, offer, sent: () => outlet.sent.map(String) };
}

describe('afterAnswers', () => {
  it('sends at once while no command is being carried out', () => {
    const { offer, sent } = create();
    offer('a', 'b');
    expect(sent()).toEqual(['a', 'b']);
  });

  it('keeps messages until the command is done, as the flow control behind it decides', () => {
    const latest = create();
    const last2 = create(afterAnswers(dropOldest({ messages: 2 })));
    for (const { outlet, offer, sent } of [latest, last2]) {
      outlet.commandBegins();
      offer('a', 'b', 'c');
      expect(sent()).toEqual([]);
      outlet.commandEnds();
    }
    expect(latest.sent()).toEqual(['c']);
    expect(latest.outlet.lost).toBe(2);
    expect(last2.sent()).toEqual(['b', 'c']);
  });

  it('works for one command after the other', () => {
    const { outlet, offer, sent } = create();
    for (const name of ['a', 'b', 'c']) {
      outlet.commandBegins();
      offer(name);
      outlet.commandEnds();
    }
    outlet.commandBegins();
    outlet.commandEnds();
    expect(sent()).toEqual(['a', 'b', 'c']);
  });

  it('keeps messages beyond the command while the socket is full', () => {
    const { outlet, policy, offer, sent } = create();
    outlet.takes(0);
    outlet.commandBegins();
    offer('a');
    outlet.commandEnds();
    expect(sent()).toEqual([]);
    outlet.takes(1);
    policy.drained();
    expect(sent()).toEqual(['a']);
  });

  it('keeps messages beyond the drain while the command goes on', () => {
    const { outlet, policy, offer, sent } = create();
    outlet.commandBegins();
    offer('a');
    policy.drained();
    expect(sent()).toEqual([]);
    outlet.commandEnds();
    expect(sent()).toEqual(['a']);
  });

  it('keeps messages until the command is done, also if earlier ones had to wait for the socket', () => {
    const { outlet, policy, offer, sent } = create();
    outlet.takes(0);
    offer('a');
    outlet.takes(Infinity);
    policy.drained();
    outlet.commandBegins();
    offer('b');
    expect(sent()).toEqual(['a']);
    outlet.commandEnds();
    expect(sent()).toEqual(['a', 'b']);
  });

  it('does not take the end of a command for progress of a full socket', () => {
    const { outlet, offer } = create(afterAnswers(disconnectSlow({ afterMs: 100 })));
    outlet.takes(0);
    outlet.queuedBytes = 1000;
    for (const name of ['a', 'b', 'c']) {
      outlet.commandBegins();
      offer(name);
      outlet.clock.advance(40);
      outlet.commandEnds();
    }
    expect(outlet.evictedFor).toBe('no progress for 100 ms');
    expect(outlet.lost).toBe(3);
  });

  it('does not take a command for a socket that has not taken what was written before', () => {
    const { outlet, offer } = create(afterAnswers(deadline({ afterMs: 100 })));
    const { clock } = outlet;
    offer('a');
    clock.soon(() => {
      outlet.commandBegins();
    });
    clock.advance(50);
    outlet.commandEnds();
    clock.advance(1000);
    expect(outlet.evictedFor).toBeUndefined();
  });

  it('shows the policy the session as it is, but for its room', () => {
    const outlets: FlowOutlet[] = [];
    const { outlet } = create(
      afterAnswers({
        scope: 'session',
        create: (seen) => {
          outlets.push(seen);
          return latestOnly().create(seen);
        },
      }),
    );
    const [seen] = outlets;
    outlet.options = { symbols: ['a'] };
    outlet.queuedBytes = 10;
    expect(seen).toMatchObject({ options: outlet.options, queuedBytes: 10, writable: true });
    outlet.commandBegins();
    expect(seen).toMatchObject({ answering: true, writable: false });
  });

  it('can be put around itself', () => {
    const { outlet, offer, sent } = create(afterAnswers(afterAnswers(latestOnly())));
    outlet.commandBegins();
    offer('a', 'b');
    expect(sent()).toEqual([]);
    outlet.commandEnds();
    expect(sent()).toEqual(['b']);
  });

  it('ends when it has kept nothing', () => {
    const { outlet, policy, offer, sent } = create();
    offer('a');
    policy.end();
    expect(sent()).toEqual(['a']);
    expect(outlet.lost).toBe(0);
  });

  it('forgets what it keeps when the subscription ends', () => {
    const { outlet, policy, offer, sent } = create();
    outlet.commandBegins();
    offer('a');
    policy.end();
    expect(policy.held).toEqual({ messages: 0, bytes: 0 });
    outlet.commandEnds();
    expect(sent()).toEqual([]);
  });
});
