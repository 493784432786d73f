/** The document of the Nano dialect against its golden messages, both ways. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { NANO_TOPICS, NanoModule, type NanoOptions } from '@sluice/nano';
import { vector } from './support/dialect-vectors.js';
import { Documented } from './support/documented.js';

type Message = Readonly<Record<string, unknown>>;
interface Exchange {
  readonly client?: readonly Message[];
  readonly setup?: readonly Message[];
  readonly then?: readonly Message[];
  readonly options?: unknown;
  readonly server?: readonly Message[];
}

const TOPIC_FILES = [
  'confirmation',
  'vote',
  'started_election',
  'stopped_election',
  'active_difficulty',
  'work',
  'telemetry',
  'new_unconfirmed_block',
  'bootstrap',
];

/** Members that samples of older nodes, among the golden ones, have not yet: ours always sends them (contract 1). */
const NEWER = /required property '(?:final|timestamp|duration|hash)'/;

const document = (options: NanoOptions = {}) =>
  Documented.of(NanoModule.forRoot({ port: 'free', address: '127.0.0.1', ...options }));

const file = (name: string) =>
  vector('nano', name) as Exchange & Record<string, readonly Exchange[]>;

/** Golden notifications; the guide shortens one number, which the wire has in full (contract 9, D10). */
function notifications(name: string): readonly Message[] {
  const text = JSON.stringify(file(name).server ?? []);
  return JSON.parse(
    text.replace('"multiplier":"1.5"', '"multiplier":"1.500000000000000"'),
  ) as Message[];
}

/** Everything in the golden files that a client sends; those that are ignored apart. */
function requests(): readonly Message[] {
  const { exchanges = [] } = file('actions');
  const { cases = [] } = file('confirmation_filters');
  return [...TOPIC_FILES.map(file), ...exchanges, ...cases].flatMap(
    ({ client = [], setup = [], then = [], options = null }) => [
      ...client,
      ...setup,
      ...then,
      ...(options === null ? [] : [{ action: 'subscribe', topic: 'confirmation', options }]),
    ],
  );
}

const isKnown = ({ action, topic }: Message) =>
  action === 'ping' ||
  (['subscribe', 'unsubscribe', 'update'].includes(String(action)) &&
    (NANO_TOPICS as readonly unknown[]).includes(topic));

describe.each(['published', 'node'] as const)('Nano, %s', (compat) => {
  let documented: Documented;
  beforeAll(async () => {
    documented = await document({ compat });
  });

  it('is valid AsyncAPI', async () => {
    expect(await documented.complaints()).toEqual([]);
  });

  it('has every topic, both answers and every request', () => {
    expect(documented.messages('send', 'nano')).toEqual(
      ['acknowledgement', 'pong', ...TOPIC_FILES].sort(),
    );
    expect(documented.messages('receive', 'nano')).toEqual([
      'ping',
      'subscribe',
      'subscribe_confirmation',
      'subscribe_vote',
      'unsubscribe',
      'update',
    ]);
  });

  it.each(TOPIC_FILES)('knows every notification of %s', (name) => {
    const messages = notifications(name);
    expect(messages.length).toBeGreaterThan(0);
    for (const message of messages) {
      const faults = documented.faults('nano', String(message.topic), message);
      expect(faults.filter((fault) => !NEWER.test(fault))).toEqual([]);
    }
  });

  it('knows every answer', () => {
    const { exchanges = [] } = file('actions');
    const answers = exchanges.flatMap(({ server = [] }) => server);
    expect(answers.length).toBeGreaterThan(4);
    for (const answer of answers) {
      expect(documented.kindsOf('send', 'nano', answer)).toEqual([
        answer.ack === 'pong' ? 'pong' : 'acknowledgement',
      ]);
    }
  });

  it('knows every request that a node heeds, as one kind, and no other', () => {
    const all = requests();
    expect(all.length).toBeGreaterThan(40);
    for (const request of all) {
      const kinds = documented.kindsOf('receive', 'nano', request);
      expect([request, kinds.length]).toEqual([request, isKnown(request) ? 1 : 0]);
    }
  });

  it('has an example of every message, which was on the wire and fits', () => {
    const golden = [
      ...TOPIC_FILES.flatMap(notifications),
      ...(file('actions').exchanges ?? []).flatMap(({ server = [] }) => server),
      ...requests(),
    ];
    const names = [
      ...documented.messages('send', 'nano'),
      ...documented.messages('receive', 'nano'),
    ];
    expect(new Set(documented.examples.map(([, name]) => name))).toEqual(new Set(names));
    for (const [gateway, name, payload] of documented.examples) {
      expect(documented.faults(gateway, name, payload)).toEqual([]);
      expect(golden).toContainEqual(payload);
    }
  });
});

it('describes extensions where they are on, and votes as they are signed', async () => {
  const documented = await document({
    extensions: { conditions: true, resume: true },
    voteSignature: 'hex',
  });
  expect(await documented.complaints()).toEqual([]);
  const { messages } = documented.document.components;
  expect(JSON.stringify(messages['nano.subscribe_confirmation'])).toContain('minimum_amount');
  expect(JSON.stringify(messages['nano.confirmation'])).toContain('cursor');
  const { same_signature_as_hex } = vector('nano', 'vote') as Record<string, { second: string }>;
  const [, vote = {}] = notifications('vote');
  const message = { ...(vote.message as Message), signature: same_signature_as_hex?.second };
  expect(documented.faults('nano', 'vote', { ...vote, message })).toEqual([]);
  expect(documented.faults('nano', 'vote', vote)).not.toEqual([]);
});
