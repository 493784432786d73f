/** Blocks and what comes with them (contract 6.1.5, 7). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import { ACCOUNT, COUNT, HASH, HEX64, list, MILLISECONDS, RAW, SIGNATURE } from './texts.js';

const SUBTYPE = { enum: ['send', 'receive', 'change', 'epoch'] };

const PROOF = { work: HEX64, signature: SIGNATURE };

/** Members by type of block, without what notifications add. */
const BLOCKS: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  state: {
    account: ACCOUNT,
    previous: { ...HASH, description: 'Zeros for an opening block.' },
    representative: ACCOUNT,
    balance: { ...COUNT, description: 'Raw, decimal.' },
    link: HASH,
    link_as_account: { ...ACCOUNT, description: 'The bytes of `link` as an account.' },
    ...PROOF,
  },
  send: {
    previous: HASH,
    destination: ACCOUNT,
    balance: { type: 'string', pattern: '^[0-9A-F]{32}$', description: 'Raw, hexadecimal.' },
    ...PROOF,
  },
  receive: { previous: HASH, source: HASH, ...PROOF },
  open: { source: HASH, representative: ACCOUNT, account: ACCOUNT, ...PROOF },
  change: { previous: HASH, representative: ACCOUNT, ...PROOF },
};

/** One of the five types of block, each with more members. */
function anyBlock(more: (type: string) => Readonly<Record<string, JsonSchema>>): JsonSchema {
  return {
    oneOf: Object.entries(BLOCKS).map(([type, members]) =>
      objectSchema({ type: { const: type }, ...members, ...more(type) }),
    ),
  };
}

const LINKED_ACCOUNT: JsonSchema = {
  oneOf: [ACCOUNT, { const: '0' }],
  description: 'The other side; `0` if there is none, or it is not known.',
};

const VOTE = objectSchema({
  representative: ACCOUNT,
  timestamp: {
    ...COUNT,
    description: 'Unix milliseconds; 18446744073709551615 marks a final vote.',
  },
  hash: HASH,
  weight: RAW,
});

/** Schemas that notifications refer to. */
export const BLOCK_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  ConfirmedBlock: anyBlock((type) => ({
    'linked_account?': LINKED_ACCOUNT,
    ...(type === 'state' && { subtype: SUBTYPE }),
  })),
  UnconfirmedBlock: anyBlock((type) => ({
    subtype: type === 'state' ? SUBTYPE : { const: 'change' },
  })),
  ElectionInfo: {
    ...objectSchema({
      duration: { ...COUNT, description: 'Milliseconds.' },
      time: { ...MILLISECONDS, description: 'When it ended, Unix milliseconds.' },
      tally: RAW,
      final: { ...RAW, description: 'Raw weight of final votes.' },
      blocks: COUNT,
      voters: COUNT,
      request_count: COUNT,
      'votes?': { description: 'If asked for, heaviest first.', ...(list(VOTE) as object) },
    }),
    description: 'Zeros where there was no election.',
  },
};
