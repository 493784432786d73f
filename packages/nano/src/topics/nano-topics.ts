/** Names of the topics (contract 6). `ack` can be subscribed and has no messages. */
export const NANO_TOPICS = [
  'confirmation',
  'vote',
  'started_election',
  'stopped_election',
  'active_difficulty',
  'work',
  'telemetry',
  'new_unconfirmed_block',
  'bootstrap',
  'ack',
] as const;

/** A topic's name. */
export type NanoTopic = (typeof NANO_TOPICS)[number];

const NAMES: ReadonlySet<string> = new Set(NANO_TOPICS);

/** Whether there is such a topic; the case of letters counts. */
export function isNanoTopic(name: string): name is NanoTopic {
  return NAMES.has(name);
}
