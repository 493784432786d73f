/** Which of the shapes that Lighthouse has had over time a client sees (contract 1). */

/**
 * How integers are written: `plain`, all as JSON numbers (v0.1.0 to v0.2.13, and the published page); `mixed`, slots and
 * epochs as numbers and others as strings (v0.3.0); `quoted`, all as decimal strings (v0.3.1 to v1.0.3).
 */
export type NumberStyle = 'plain' | 'mixed' | 'quoted';

/** How blocks are laid out: `phase0` (v0.1.2 to v1.0.3) or `v0.9` (v0.1.0 and v0.1.1, contract 9.4). */
export type BlockLayout = 'phase0' | 'v0.9';

/** What becomes of members that phase 0 did not have: left out, or kept behind the others as they are (contract 9.3). */
export type BodyMembers = 'phase0' | 'full';

/** A form of the wire. */
export interface WireProfile {
  readonly numbers: NumberStyle;
  readonly blocks: BlockLayout;
  readonly body: BodyMembers;
}
