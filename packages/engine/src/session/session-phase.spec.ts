import { describe, expect, it } from '@jest/globals';
import { checkPhaseChange, type SessionPhase } from './session-phase.js';

const PHASES: readonly SessionPhase[] = ['open', 'closing', 'closed'];

describe('the phase of a session', () => {
  it('goes forward only', () => {
    const allowed = PHASES.flatMap((from) =>
      PHASES.filter((to) => {
        try {
          checkPhaseChange(from, to);
          return true;
        } catch (error) {
          expect(error).toMatchObject({ code: 'INTERNAL' });
          return false;
        }
      }).map((to) => `${from} → ${to}`),
    );
    expect(allowed).toEqual(['open → closing', 'open → closed', 'closing → closed']);
  });
});
