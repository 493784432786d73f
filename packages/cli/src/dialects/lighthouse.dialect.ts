/** Lighthouse's beacon chain events: everything to everybody, the client sends nothing (contract 8, 10). */
import { NOTHING, type ClientDialect, type Finding, type Message } from './client-dialect.js';
import { jsonOf, lengthAt, short, textAt } from './json-member.js';
import { RecentKeys } from './recent-keys.js';
import { strange } from './strange-message.js';

const CURRENT = 'current_head_beacon_block_root';
const PREVIOUS = 'previous_head_beacon_block_root';

export const lighthouseDialect: ClientDialect = {
  name: 'lighthouse',
  summary: 'beacon chain events',
  path: '/',
  accepts: [],
  // Each change of the head names the head before it.
  isSequenced: true,
  read(text): Message {
    const body = jsonOf(text);
    const type = textAt(body, 'event');
    const said = EVENTS[type]?.(body);
    if (said === undefined) return strange(text, body);
    const [key, summary] = said;
    return { type, kind: 'event', key: `${type} ${key}`, isCommon: true, summary, text, body };
  },
  client() {
    const imported = new RecentKeys();
    let head: string | undefined;
    const check = ({ type, key = '', body }: Message): readonly Finding[] => {
      if (type === 'beacon_block_imported' && imported.add(key)) {
        const root = short(textAt(body, 'data', 'block_root'));
        return [{ kind: 'duplicate', text: `block ${root} was imported twice` }];
      }
      if (type !== 'beacon_head_changed') return [];
      const [known, previous] = [head, textAt(body, 'data', PREVIOUS)];
      head = textAt(body, 'data', CURRENT);
      if (known === undefined || known === previous) return [];
      const text = `the head was ${short(known)}, then ${short(previous)}: a change did not come`;
      return [{ kind: 'gap', text }];
    };
    return {
      open: () => [],
      take: (message) => ({ ...NOTHING, findings: check(message) }),
    };
  },
};

/** What identifies an event of each kind, and what it says. */
const EVENTS: Readonly<Record<string, (body: unknown) => readonly [string, string]>> = {
  beacon_head_changed: (body) => {
    const [current, previous] = [textAt(body, 'data', CURRENT), textAt(body, 'data', PREVIOUS)];
    const how = textAt(body, 'data', 'reorg') === 'true' ? 'reorg' : 'after';
    return [`${previous} ${current}`, `${short(current)} ${how} ${short(previous)}`];
  },
  beacon_finalization: (body) => {
    const [epoch, root] = [textAt(body, 'data', 'epoch'), textAt(body, 'data', 'root')];
    return [root, `epoch ${epoch} ${short(root)}`];
  },
  beacon_block_imported: (body) => {
    const root = textAt(body, 'data', 'block_root');
    return [root, `${short(root)} ${blockText(body)}`];
  },
  beacon_block_rejected: (body) => [
    textAt(body, 'data', 'block', 'signature'),
    `${blockText(body)}: ${textAt(body, 'data', 'reason')}`,
  ],
  beacon_attestation_imported: (body) => [attestationKey(body), attestationText(body)],
  beacon_attestation_rejected: (body) => [
    attestationKey(body),
    `${attestationText(body)}: ${textAt(body, 'data', 'reason')}`,
  ],
};

function blockText(body: unknown): string {
  const block = ['data', 'block', 'message'];
  const count = lengthAt(body, ...block, 'body', 'attestations');
  return `slot ${textAt(body, ...block, 'slot')}, proposer ${textAt(body, ...block, 'proposer_index')}, ${String(count)} attestations`;
}

function attestationKey(body: unknown): string {
  const attestation = ['data', 'attestation'];
  return `${textAt(body, ...attestation, 'signature')} ${textAt(body, ...attestation, 'aggregation_bits')}`;
}

function attestationText(body: unknown): string {
  const data = ['data', 'attestation', 'data'];
  const root = short(textAt(body, ...data, 'beacon_block_root'));
  return `slot ${textAt(body, ...data, 'slot')}, committee ${textAt(body, ...data, 'index')}, ${root}`;
}
