import { createHash } from 'node:crypto';
import type { LiveEndpoint } from './live-endpoint.js';

/** The mining socket: every change of the templates. What the changes are is told by a client that watches all the time. */
export const hathorMining: LiveEndpoint = {
  name: 'hathor mining',
  stream: 'templates',
  url: (urls) => urls.hathor.mining_ws ?? '',
  examples: [
    { id: 1, method: 'mining.refresh', params: [] },
    { id: 2, method: 'mining.submit', params: ['00ff'] },
    {
      jsonrpc: '2.0',
      id: 'a',
      method: 'mining.submit',
      params: { hexdata: '00', optimistic: true },
    },
    [{ id: 3, method: 'mining.refresh' }],
  ],
  visit() {
    let isGreeted = false;
    return {
      requests: [],
      // Whoever connects is told the present templates, which are no change.
      answers: 1,
      wants: () => true,
      read(text) {
        if (isGreeted) return { key: templateKey(text) };
        isGreeted = true;
        return 'answer';
      },
    };
  },
};

/** What a message is recognised by. */
export function templateKey(text: string): string {
  return createHash('md5').update(text).digest('base64');
}
