/** How a client was served wrongly. */
export type FaultKind =
  'missed' | 'doubled or out of order' | 'never published' | 'ended' | 'different';

/** The first fact that shows it. */
export interface Fault {
  readonly kind: FaultKind;
  readonly expected: string;
  readonly got: string;
}
