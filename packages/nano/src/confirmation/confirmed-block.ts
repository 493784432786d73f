/** A confirmed block in the words of the wire, worked out once per event whatever the forms that are asked for. */
import type {
  BlockConfirmed,
  ConfirmationType,
  ElectionResult,
  ElectionVote,
} from '../events/block-events.js';
import { countText, list } from '../messages/wire-text.js';
import type { Block, BlockJson, BlockSubtype } from '../wire/index.js';
import { amountText, blockToJson, canonicalAccount, upperHex } from '../wire/index.js';
import type { ConfirmationForm } from './confirmation-form.js';
import type { ConfirmationView } from './confirmation-view.js';
import type {
  ConfirmationMessage,
  ConfirmedBlockJson,
  ElectionInfo,
  VoteInfo,
} from './confirmation-message.js';

/** What is sent for a counterpart that is not known, or that there is none of. */
const NOBODY = '0';

export class ConfirmedBlock implements ConfirmationView {
  readonly type: ConfirmationType;
  readonly account: string;
  readonly amount: bigint;
  readonly subtype: BlockSubtype;
  private readonly block: BlockJson;

  /**
   * @param time when the block was confirmed, Unix milliseconds.
   * @throws WireError if the event says something that the wire cannot carry.
   */
  constructor(
    private readonly facts: BlockConfirmed,
    private readonly time: number,
  ) {
    this.type = facts.confirmationType;
    this.amount = facts.amount;
    this.subtype = facts.subtype ?? legacySubtype(facts.block);
    this.account = canonicalAccount(facts.account);
    this.block = blockToJson(facts.block);
  }

  get link(): string | undefined {
    return this.block.type === 'state' ? this.block.link_as_account : undefined;
  }

  message(form: ConfirmationForm): ConfirmationMessage {
    const { hash, sideband } = this.facts;
    return {
      account: this.account,
      amount: amountText(this.amount),
      hash: upperHex(hash, 32, 'hash'),
      confirmation_type: this.type,
      ...(form.election !== 'none' && { election_info: this.election(form.election) }),
      ...(form.block && { block: this.blockJson(form.linkedAccount) }),
      ...(form.sideband && {
        sideband: {
          height: countText(sideband?.height ?? 0, 'height'),
          local_timestamp: countText(sideband?.localTimestamp ?? 0, 'localTimestamp'),
        },
      }),
    };
  }

  private blockJson(withLinkedAccount: boolean): ConfirmedBlockJson {
    const { subtype } = this.facts;
    return {
      ...this.block,
      ...(withLinkedAccount && { linked_account: this.linkedAccount() }),
      ...(subtype !== undefined && { subtype }),
    };
  }

  private linkedAccount(): string {
    const { linkedAccount } = this.facts;
    switch (this.subtype) {
      case 'send':
        return this.destination();
      case 'receive':
        return linkedAccount === undefined
          ? NOBODY
          : canonicalAccount(linkedAccount, 'linkedAccount');
      case 'change':
      case 'epoch':
        return NOBODY;
    }
  }

  private destination(): string {
    return this.block.type === 'send' ? this.block.destination : (this.link ?? NOBODY);
  }

  private election(detail: 'figures' | 'votes'): ElectionInfo {
    const election = this.facts.election ?? noElection(this.time);
    return {
      duration: countText(election.duration, 'duration'),
      time: countText(election.time, 'time'),
      tally: amountText(election.tally, 'tally'),
      final: amountText(election.final, 'final'),
      blocks: countText(election.blocks, 'blocks'),
      voters: countText(election.voters, 'voters'),
      request_count: countText(election.requestCount, 'requestCount'),
      ...(detail === 'votes' && { votes: list(heaviestFirst(election.votes ?? []).map(voteInfo)) }),
    };
  }
}

/** Figures of a block that had no election (contract 6.1.5). */
function noElection(time: number): ElectionResult {
  return { duration: 0, time, tally: 0n, final: 0n, blocks: 0, voters: 0, requestCount: 0 };
}

function heaviestFirst(votes: readonly ElectionVote[]): readonly ElectionVote[] {
  return votes.toSorted((a, b) => (a.weight < b.weight ? 1 : a.weight > b.weight ? -1 : 0));
}

function voteInfo({ representative, timestamp, hash, weight }: ElectionVote): VoteInfo {
  return {
    representative: canonicalAccount(representative, 'representative'),
    timestamp: countText(timestamp, 'timestamp'),
    hash: upperHex(hash, 32, 'hash'),
    weight: amountText(weight, 'weight'),
  };
}

/** Legacy blocks follow the rule of state blocks by their type. */
function legacySubtype({ type }: Block): 'send' | 'receive' | 'change' {
  if (type === 'send' || type === 'change') return type;
  return 'receive';
}
