import type { ConfirmationType } from '../events/block-events.js';
import type { BlockJson, BlockSubtype } from '../wire/index.js';

/** A vote inside {@link ElectionInfo}. */
export interface VoteInfo {
  readonly representative: string;
  readonly timestamp: string;
  readonly hash: string;
  readonly weight: string;
}

/** `election_info` of a confirmation; every figure is text. */
export interface ElectionInfo {
  readonly duration: string;
  readonly time: string;
  readonly tally: string;
  readonly final: string;
  readonly blocks: string;
  readonly voters: string;
  readonly request_count: string;
  readonly votes?: readonly VoteInfo[] | '';
}

/** `block` of a confirmation. */
export type ConfirmedBlockJson = BlockJson & {
  readonly linked_account?: string;
  /** State blocks only. */
  readonly subtype?: BlockSubtype;
};

/** `message` of a confirmation (contract 6.1.5). */
export interface ConfirmationMessage {
  readonly account: string;
  readonly amount: string;
  readonly hash: string;
  readonly confirmation_type: ConfirmationType;
  readonly election_info?: ElectionInfo;
  readonly block?: ConfirmedBlockJson;
  readonly sideband?: { readonly height: string; readonly local_timestamp: string };
}
