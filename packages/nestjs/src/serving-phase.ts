import { Injectable } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';

/**
 * - `starting`: clients are not let in yet.
 * - `serving`: they are.
 * - `draining`: shutdown has begun; clients are let in no longer.
 */
export type Phase = 'starting' | 'serving' | 'draining';

const TRANSITIONS: Readonly<Record<Phase, readonly Phase[]>> = {
  starting: ['serving', 'draining'],
  serving: ['draining'],
  draining: [],
};

/** Injectable: whether the application serves clients. */
@Injectable()
export class ServingPhase {
  private phase: Phase = 'starting';

  get current(): Phase {
    return this.phase;
  }

  /** @internal The only place where the phase changes. */
  enter(next: Phase): void {
    if (!TRANSITIONS[this.phase].includes(next)) {
      throw new SluiceError('INTERNAL', `An application cannot go from ${this.phase} to ${next}`);
    }
    this.phase = next;
  }
}
