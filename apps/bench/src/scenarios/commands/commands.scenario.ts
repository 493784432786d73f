import {
  CONVERSATION_FIGURES,
  ConversationMeasurement,
} from '../../run/conversation-measurement.js';
import type { Scenario, ScenarioCase, Subject } from '../scenario.js';

const server = (name: string): URL => new URL(`./${name}.server.js`, import.meta.url);

const NEST: Subject = { name: 'Nest WsAdapter', module: server('nest') };
const NEST_VALIDATED: Subject = {
  name: 'Nest WsAdapter, ValidationPipe',
  module: server('nest-validated'),
};
const STOCK: readonly Subject[] = [NEST, NEST_VALIDATED];

export const WS_HANDLER: Subject = { name: 'ws, plain handler', module: server('ws') };

export const commands: Scenario = {
  name: 'commands',
  description:
    'Requests of 10 clients, 10 of each under way: an echo, and a subscription to 4 symbols that replaces the last one (the peers ' +
    'only remember it). What it costs to acknowledge events is in `replay`, window 1.',
  subjects: [
    { name: 'sluice', module: server('sluice') },
    { name: 'sluice, ValidationPipe', module: server('sluice-validated') },
    ...STOCK,
    WS_HANDLER,
  ],
  figures: CONVERSATION_FIGURES,
  cases: () => [commandCase('echo'), commandCase('subscribe')],
};

/** Bodies of requests by their number, and what answers contain. */
const COMMANDS = {
  echo: { body: (id: number) => ({ id }), answer: '"answer":' },
  subscribe: {
    body: (id: number) => ({ symbols: [`A${id}`, 'B', 'C', `D${id}`] }),
    answer: '"subscribe"',
  },
} as const;

/** Requests that differ. */
const REQUESTS = 20;

export function commandCase(name: keyof typeof COMMANDS): ScenarioCase {
  const { body, answer } = COMMANDS[name];
  const bodies = Array.from({ length: REQUESTS }, (_, id) => body(id));
  return {
    label: name,
    open: (subject) =>
      ConversationMeasurement.open(subject, {
        clients: 10,
        depth: 10,
        answer,
        requests: bodies.map((data) =>
          JSON.stringify(
            STOCK.includes(subject) ? { event: name, data } : { action: name, ...data },
          ),
        ),
      }),
  };
}
