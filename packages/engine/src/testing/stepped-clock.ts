import { systemClock, type CancelTask } from '../time/clock.js';
import { ManualClock } from './manual-clock.js';

/** Time stands still until a test moves it; turns of the event loop are real, as sockets need them. */
export class SteppedClock extends ManualClock {
  override soon(task: () => void): CancelTask {
    return systemClock.soon(task);
  }
}
