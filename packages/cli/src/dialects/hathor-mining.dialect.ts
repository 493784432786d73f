/** Hathor's mining socket: JSON-RPC, templates are pushed (contract 3). */
import { NOTHING, type ClientDialect, type Message } from './client-dialect.js';
import { jsonOf, member, short, textAt } from './json-member.js';
import { strange } from './strange-message.js';

const PING_ID = 'sluice-ping';

export const hathorMiningDialect: ClientDialect = {
  name: 'hathor-mining',
  summary: 'block templates /v1a/mining_ws',
  path: '/v1a/mining_ws',
  accepts: [],
  isSequenced: false,
  read(text): Message {
    const body = jsonOf(text);
    const [method, id, error] = [textAt(body, 'method'), textAt(body, 'id'), member(body, 'error')];
    if (method !== '') {
      const key = textAt(body, 'params', 0, 'data') + textAt(body, 'params', 0, 'timestamp_now');
      const summary = templateText(member(body, 'params', 0));
      return { type: method, kind: 'event', key, summary, text, body };
    }
    if (typeof error === 'object' && error !== null) {
      const summary = `${textAt(error, 'code')} ${textAt(error, 'message')}`;
      return { type: 'error', kind: 'fault', summary, text, body };
    }
    if (member(body, 'result') === undefined) return strange(text, body);
    const result = member(body, 'result');
    const summary = Array.isArray(result) ? templateText(result[0]) : textAt(body, 'result');
    return { type: 'result', kind: 'answer', summary, isPong: id === PING_ID, text, body };
  },
  client: () => ({
    open: () => [],
    take: () => NOTHING,
    ping: JSON.stringify({ id: PING_ID, method: 'mining.refresh', params: [] }),
  }),
};

function templateText(template: unknown): string {
  if (template === undefined) return 'no template';
  const at = (...path: readonly (string | number)[]): string => textAt(template, ...path);
  return `height ${at('height')} on ${short(at('parents', 0))}, weight ${at('weight')}, reward ${at('reward')}`;
}
