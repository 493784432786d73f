import { readBoolean } from '../reading/read-members.js';
import type { TextTree } from '../reading/text-tree.js';

/** Which parts of a confirmation a subscription wants. */
export interface ConfirmationForm {
  readonly block: boolean;
  readonly election: 'none' | 'figures' | 'votes';
  readonly sideband: boolean;
  /** Inside the block: never wanted without it. */
  readonly linkedAccount: boolean;
}

/** The form of a subscription without options. */
export const PLAIN_FORM: ConfirmationForm = {
  block: true,
  election: 'none',
  sideband: false,
  linkedAccount: false,
};

/** The `include_…` options (contract 6.1.1). */
export function readForm(options: TextTree): ConfirmationForm {
  const wants = (name: string): boolean | undefined => readBoolean(options, name);
  const block = wants('include_block') ?? PLAIN_FORM.block;
  const votes = wants('include_election_info_with_votes') === true;
  const figures = wants('include_election_info') === true;
  return {
    block,
    election: votes ? 'votes' : figures ? 'figures' : 'none',
    sideband: wants('include_sideband_info') === true,
    linkedAccount: block && wants('include_linked_account') === true,
  };
}

/** Tells forms apart; there are 18. */
export function formName({ block, election, sideband, linkedAccount }: ConfirmationForm): string {
  return [block && 'block', election, sideband && 'sideband', linkedAccount && 'linked'].join();
}
