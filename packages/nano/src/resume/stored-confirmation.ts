/** A confirmation as it is kept in the log: the message with everything in it, of which each form is a part. */
import type { ConfirmationForm } from '../confirmation/confirmation-form.js';
import type { ConfirmationMessage } from '../confirmation/confirmation-message.js';
import type { ConfirmationView } from '../confirmation/confirmation-view.js';
import type { ConfirmationType } from '../events/block-events.js';
import type { BlockSubtype } from '../wire/index.js';

/** A message of {@link FULL_FORM}. */
type FullMessage = Required<ConfirmationMessage>;

interface Stored {
  readonly subtype: BlockSubtype;
  readonly message: FullMessage;
}

const FULL_FORM: ConfirmationForm = {
  block: true,
  election: 'votes',
  sideband: true,
  linkedAccount: true,
};

/**
 * Text for the log.
 *
 * @throws WireError if the event says something that the wire cannot carry.
 */
export function storedText(view: ConfirmationView): string {
  const { subtype } = view;
  return JSON.stringify({ subtype, message: view.message(FULL_FORM) as FullMessage });
}

export class StoredConfirmation implements ConfirmationView {
  readonly type: ConfirmationType;
  readonly account: string;
  readonly link: string | undefined;
  readonly amount: bigint;
  readonly subtype: BlockSubtype;
  private readonly full: FullMessage;

  constructor(bytes: Uint8Array) {
    const { subtype, message } = JSON.parse(Buffer.from(bytes).toString()) as Stored;
    this.full = message;
    this.subtype = subtype;
    this.type = message.confirmation_type;
    this.account = message.account;
    this.amount = BigInt(message.amount);
    this.link = message.block.type === 'state' ? message.block.link_as_account : undefined;
  }

  message(form: ConfirmationForm): ConfirmationMessage {
    const { election_info, block, sideband, ...head } = this.full;
    const { votes, ...figures } = election_info;
    const { linked_account, subtype, ...bare } = block;
    return {
      ...head,
      ...(form.election !== 'none' && {
        election_info: { ...figures, ...(form.election === 'votes' && { votes }) },
      }),
      ...(form.block && {
        block: {
          ...bare,
          ...(form.linkedAccount && { linked_account }),
          ...(subtype !== undefined && { subtype }),
        },
      }),
      ...(form.sideband && { sideband }),
    };
  }
}
