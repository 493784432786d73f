/** Sessions on lanes get what they would get one by one, whatever else happens to them. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { disconnectSlow } from '../flow/disconnect-slow.flow.js';
import type { SessionFlowControl } from '../flow/flow-control.js';
import { inOrder } from '../flow/in-order.flow.js';
import { latestOnly } from '../flow/latest-only.flow.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { fakeSession } from '../testing/fake-session.js';
import { ManualClock } from '../testing/manual-clock.js';
import { TopicHub } from '../topics/topic-hub.js';

interface Wish {
  readonly keys: readonly string[] | undefined;
  readonly variant: string;
}

interface Happening {
  readonly name: string;
  readonly key: string;
  /** What the renderer does besides. */
  readonly whileRendering?: Step;
}

const TOPICS = ['one', 'two', 'three'] as const;
const POLICIES: Readonly<Record<(typeof TOPICS)[number], SessionFlowControl>> = {
  one: disconnectSlow({ messages: 6 }),
  two: latestOnly({ by: (event) => (event as Happening).key }),
  three: inOrder(),
};
const CLIENTS = 4;

const client = fc.nat({ max: CLIENTS - 1 });
const topic = fc.constantFrom(...TOPICS);
/** Has one variant only: which of several is rendered first, and so what happens meanwhile, is nobody's business. */
const plainTopic = fc.constantFrom('one', 'two');
const key = fc.constantFrom('a', 'b', 'c');
const wish = fc.record({
  keys: fc.option(fc.array(key, { maxLength: 2 }), { nil: undefined, freq: 4 }),
  variant: fc.constantFrom('', 'long'),
});
const does = <T extends string>(word: T) => fc.constant(word);

const calm = fc.oneof(
  { weight: 30, arbitrary: fc.record({ does: does('publish'), topic, key }) },
  { weight: 6, arbitrary: fc.record({ does: does('subscribe'), client, topic, wish }) },
  { weight: 2, arbitrary: fc.record({ does: does('unsubscribe'), client, topic }) },
  { weight: 2, arbitrary: fc.record({ does: does('update'), client, topic, key }) },
  { weight: 6, arbitrary: fc.record({ does: does('reply'), client }) },
  { weight: 4, arbitrary: fc.record({ does: does('flush'), client }) },
  { weight: 6, arbitrary: fc.record({ does: does('stall'), client }) },
  { weight: 6, arbitrary: fc.record({ does: does('drain'), client }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constantFrom('close', 'drop', 'closed', 'terminate'),
      client,
    }),
  },
);
type Calm = typeof calm extends fc.Arbitrary<infer S> ? S : never;
type Step = Calm | { does: 'turn' } | { does: 'meanwhile'; topic: string; key: string; step: Calm };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: calm },
  { weight: 5, arbitrary: fc.record({ does: does('turn') }) },
  {
    weight: 6,
    arbitrary: fc.record({ does: does('meanwhile'), topic: plainTopic, key, step: calm }),
  },
);

/** Some clients of a hub. */
class World {
  private readonly clock = new ManualClock();
  private readonly metrics = new MetricsRegistry();
  private readonly hub: TopicHub;
  private readonly clients;
  private events = 0;

  /** @param writesThrough whether sessions that are up to date are on lanes. */
  constructor(writesThrough: boolean) {
    const { clock, metrics } = this;
    this.hub = new TopicHub({ codec: { encode: String }, clock, metrics });
    for (const name of TOPICS) {
      this.hub.define<Happening, Wish>({
        name,
        render: (event, { variant }) => {
          if (event.whileRendering) this.take(event.whileRendering);
          return `${event.name} ${variant}`;
        },
        flow: { ...POLICIES[name], writesThrough },
        filter: {
          subscriptionKeys: ({ keys }) => keys,
          eventKeys: (event) => [event.key],
          variant: (options) => (name === 'three' ? options.variant : ''),
        },
      });
    }
    this.clients = Array.from({ length: CLIENTS }, () => {
      const opened = fakeSession({ clock, metrics, topics: this.hub, socket: { kernelBytes: 20 } });
      opened.socket.drain();
      for (const name of TOPICS) opened.session.subscribe(name, { keys: undefined, variant: '' });
      // Somebody has to hear of the end of others.
      opened.session.onClose(() => this.take({ does: 'publish', topic: 'one', key: 'a' }));
      return opened;
    });
  }

  take(action: Step): void {
    if (action.does === 'publish') this.publish(action);
    else if (action.does === 'turn') this.clock.turn();
    else if (action.does === 'meanwhile') this.publish({ ...action, whileRendering: action.step });
    else this.happen(action);
  }

  /** What the outside sees. */
  get outcome() {
    return {
      clients: this.clients.map(({ session, socket }) => ({
        messages: [...socket.messages],
        writes: socket.writes,
        phase: session.phase,
        backlog: session.backlog,
        dropped: session.droppedMessages,
        held: TOPICS.map((name) => session.subscription(name)?.held),
      })),
      census: TOPICS.map((name) => this.hub.census(name)),
      counted: [
        engineMetrics.messagesSent,
        engineMetrics.messagesEncoded,
        engineMetrics.messagesDropped,
        engineMetrics.framesSent,
        engineMetrics.bytesSent,
        engineMetrics.writes,
        engineMetrics.sessionsClosed,
      ].map((metric) => this.metrics.total(metric)),
    };
  }

  private publish({
    topic,
    key,
    whileRendering,
  }: Partial<Happening> & { topic: string; key: string }) {
    const name = `${topic} ${this.events++}`;
    this.hub.publish(topic, { name, key, ...(whileRendering && { whileRendering }) });
  }

  private happen(action: Exclude<Calm, { does: 'publish' }>): void {
    const one = this.clients[action.client];
    if (one === undefined) return;
    const { session, socket } = one;
    switch (action.does) {
      case 'subscribe':
        if (session.phase === 'open') session.subscribe(action.topic, action.wish);
        break;
      case 'unsubscribe':
        session.unsubscribe(action.topic);
        break;
      case 'update':
        session.subscription(action.topic)?.update({ add: [action.key] });
        break;
      case 'reply':
        session.send(`reply ${this.events++}`);
        break;
      case 'flush':
        session.flush();
        break;
      case 'stall':
        socket.stall();
        break;
      case 'drain':
        socket.drain();
        session.drained();
        break;
      default:
        session[action.does]();
    }
  }
}

describe('sessions that share the frames of a broadcast', () => {
  it('are sent, hold and lose what they would if each were sent every message by itself', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const [together, apart] = [new World(true), new World(false)];
        for (const action of [...steps, { does: 'turn' as const }]) {
          together.take(action);
          apart.take(action);
          expect(together.outcome).toEqual(apart.outcome);
        }
      }),
      { numRuns: 150 },
    );
  });
});
