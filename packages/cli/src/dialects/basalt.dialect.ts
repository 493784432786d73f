/** Basalt's block stream, `/ws/blocks`: everything is sent to everybody, the client sends nothing (contract 5, 6). */
import { ChainOfBlocks } from './chain-of-blocks.js';
import { NOTHING, type ClientDialect, type Message } from './client-dialect.js';
import { integerAt, jsonOf, short, textAt } from './json-member.js';
import { strange } from './strange-message.js';

export const basaltDialect: ClientDialect = {
  name: 'basalt',
  summary: 'block stream /ws/blocks',
  path: '/ws/blocks',
  accepts: [],
  isSequenced: true,
  read(text): Message {
    const body = jsonOf(text);
    const type = textAt(body, 'type');
    const hash = textAt(body, 'block', 'hash');
    if (type === '' || hash === '') return strange(text, body);
    const count = textAt(body, 'block', 'transactionCount');
    return {
      type,
      kind: type === 'current_block' ? 'answer' : 'event',
      ...(type === 'new_block' && { key: hash, isCommon: true }),
      summary: `${textAt(body, 'block', 'number')} ${short(hash)} ${count} transactions, gas ${textAt(body, 'block', 'gasUsed')}`,
      text,
      body,
    };
  },
  client() {
    const chain = new ChainOfBlocks();
    return {
      open: () => [],
      take({ type, body }) {
        const number = integerAt(body, 'block', 'number');
        if (number === undefined) return NOTHING;
        const block = { number, hash: textAt(body, 'block', 'hash') };
        // What a client is greeted with may be announced once more (contract 4).
        return { ...NOTHING, findings: chain.add(block, type === 'current_block') };
      },
    };
  },
};
