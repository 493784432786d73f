import type { CancelTask } from '@sluice/engine';
import { systemClock } from '@sluice/engine';
import { ManualClock } from '@sluice/engine/testing';

/** Time stands still until a test moves it; turns of the event loop are real, as sockets need them. */
export class SteppedClock extends ManualClock {
  override soon(task: () => void): CancelTask {
    return systemClock.soon(task);
  }
}
