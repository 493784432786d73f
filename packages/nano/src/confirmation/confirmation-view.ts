import type { ConfirmationType } from '../events/block-events.js';
import type { BlockSubtype } from '../wire/index.js';
import type { ConfirmationForm } from './confirmation-form.js';
import type { ConfirmationMessage } from './confirmation-message.js';

/** A confirmation as filters and messages see it, be it new or stored. */
export interface ConfirmationView {
  readonly type: ConfirmationType;
  /** Whose chain the block is on, canonical. */
  readonly account: string;
  /** The link of a state block as an account; legacy blocks have none. */
  readonly link: string | undefined;
  readonly amount: bigint;
  /** What the block does; for a legacy block, by its type. */
  readonly subtype: BlockSubtype;
  /** The message in one form. */
  message(form: ConfirmationForm): ConfirmationMessage;
}
