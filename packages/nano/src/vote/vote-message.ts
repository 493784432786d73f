import type { VoteProcessed, VoteType } from '../events/vote-events.js';
import type { NanoOptions } from '../nano.options.js';
import { countText, list } from '../messages/wire-text.js';
import {
  canonicalAccount,
  FINAL_VOTE_TIMESTAMP,
  signatureDecimal,
  upperHex,
} from '../wire/index.js';

/** `message` of `vote` (contract 6.2). */
export interface VoteMessage {
  readonly account: string;
  readonly signature: string;
  /** The same as `timestamp`, for old clients. */
  readonly sequence: string;
  readonly timestamp: string;
  readonly duration: string;
  readonly blocks: readonly string[] | '';
  readonly type: VoteType;
}

/** Duration of a final vote: all four bits are set. */
const FINAL_DURATION = 15;

export function voteMessage(
  { account, signature, timestamp, duration, blocks, type }: VoteProcessed,
  form: NonNullable<NanoOptions['voteSignature']>,
): VoteMessage {
  const time = countText(timestamp, 'timestamp');
  const isFinal = time === FINAL_VOTE_TIMESTAMP.toString();
  return {
    account: canonicalAccount(account),
    signature: form === 'hex' ? upperHex(signature, 64, 'signature') : signatureDecimal(signature),
    sequence: time,
    timestamp: time,
    duration: countText(duration ?? (isFinal ? FINAL_DURATION : 0), 'duration'),
    blocks: list(blocks.map((hash) => upperHex(hash, 32, 'blocks'))),
    type,
  };
}
