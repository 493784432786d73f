/** The socket's messages in the profile in force, for documents (contract 6 to 12). */
import { objectSchema } from '@sluice/engine';
import type { MessageContract, OperationContract, WireContract } from '@sluice/nestjs';
import type { LighthouseSettings } from '../lighthouse.settings.js';
import type { BeaconEvents } from '../objects/beacon-events.js';
import { beaconMessages, beaconWire } from '../wire/beacon-wire.js';
import { BEACON_EXAMPLES } from './beacon-examples.js';

type EventName = keyof BeaconEvents;

const SUMMARIES: Readonly<Record<EventName, string>> = {
  'beacon.head-changed': 'Fork choice chose another block than the present head.',
  'beacon.finalization': 'The head’s finalized checkpoint has another epoch than before.',
  'beacon.block-imported': 'A block was verified, stored and given to fork choice.',
  'beacon.block-rejected': 'Full processing of a block failed.',
  'beacon.attestation-imported':
    'An attestation was applied to fork choice and the operation pool.',
  'beacon.attestation-rejected': 'An attestation was not applied.',
};

const NUMBERS: Readonly<Record<LighthouseSettings['numbers'], string>> = {
  plain: 'All integers are JSON numbers with every digit.',
  mixed: 'Slots and epochs are JSON numbers, other integers decimal strings.',
  quoted: 'All integers are decimal strings.',
};

/** With the options in force: number style, layout of blocks, and whether there are attestations. */
export function beaconContract(settings: LighthouseSettings): WireContract {
  const { messages, schemas } = beaconMessages(settings);
  const wire = beaconWire(settings);
  const names = Object.keys(messages) as EventName[];
  const isSent = (name: EventName): boolean =>
    settings.attestations || !name.startsWith('beacon.attestation');
  const message = <K extends EventName>(name: K): [string, MessageContract] => {
    const { event, data } = messages[name];
    const payload = objectSchema({ event: { const: event }, data: data.schema });
    const example: unknown = JSON.parse(wire[name](BEACON_EXAMPLES[name]));
    return [event, { summary: SUMMARIES[name], payload, examples: [{ payload: example }] }];
  };
  const topic = (name: EventName): [string, OperationContract | false] => [
    messages[name].event,
    isSent(name) && { summary: SUMMARIES[name] },
  ];
  return {
    id: 'lighthouse',
    title: 'Lighthouse events',
    description:
      `Every event, to every client, in one order. ${NUMBERS[settings.numbers]} At most ` +
      `${settings.limits.connections ?? 'any number of'} connections; more are ended without a byte.`,
    schemas,
    messages: {
      ...Object.fromEntries(names.filter(isSent).map(message)),
      anything: { summary: 'Any text or binary message', payload: true },
    },
    receives: {
      anything: { summary: 'Dropped without an answer: there are no commands and no filters.' },
    },
    topics: Object.fromEntries(names.map(topic)),
    closes: [
      {
        code: 1002,
        reason: 'WebSocket Protocol Error',
        when: 'a violation of the WebSocket protocol',
      },
      { code: 1006, when: 'more waits for the client than it may' },
      { code: 1013, when: 'as 1006, if there is room to say it' },
      { code: 1007, when: 'a text, or the reason of a Close frame, that is not UTF-8' },
    ],
  };
}
