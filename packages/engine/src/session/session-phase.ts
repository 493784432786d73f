import { SluiceError } from '../errors.js';

/** `open`: sends and receives. `closing`: our Close frame is out. `closed`: the connection is gone. */
export type SessionPhase = 'open' | 'closing' | 'closed';

const TRANSITIONS: Readonly<Record<SessionPhase, readonly SessionPhase[]>> = {
  open: ['closing', 'closed'],
  closing: ['closed'],
  closed: [],
};

/** @throws SluiceError `INTERNAL` if a session cannot go from one to the other. */
export function checkPhaseChange(from: SessionPhase, to: SessionPhase): void {
  if (TRANSITIONS[from].includes(to)) return;
  throw new SluiceError('INTERNAL', `A session cannot go from ${from} to ${to}`);
}
