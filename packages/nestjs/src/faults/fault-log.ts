import { Logger } from '@nestjs/common';
import type { Clock, SluiceError } from '@sluice/engine';

/** Stack traces written per window; what comes on top is counted. */
const PER_WINDOW = 10;
const WINDOW_MS = 60_000;

/**
 * Writes faults down without becoming a lever for clients: their own faults are debug lines, ours are error lines, but
 * never more than ten a minute, followed by one line that says how many were left out.
 */
export class FaultLog {
  private readonly logger: Logger;
  private written = 0;
  private omitted = 0;
  private windowOpen = false;

  constructor(
    context: string,
    private readonly clock: Clock,
  ) {
    this.logger = new Logger(context);
  }

  /** A fault of a command. */
  fault(error: SluiceError, what: string): void {
    if (error.code === 'INTERNAL') this.internal(error.cause ?? error, what);
    else this.client(`${what}: ${error.code} ${error.message}`);
  }

  /** Something a client did. */
  client(message: string): void {
    this.logger.debug(message);
  }

  /** Something that is our own fault. */
  internal(error: unknown, what: string): void {
    this.openWindow();
    if (this.written >= PER_WINDOW) {
      this.omitted++;
      return;
    }
    this.written++;
    const message = error instanceof Error ? error.message : String(error);
    this.logger.error(`${what}: ${message}`, error instanceof Error ? error.stack : undefined);
  }

  private openWindow(): void {
    if (this.windowOpen) return;
    this.windowOpen = true;
    this.clock.after(WINDOW_MS, () => {
      if (this.omitted > 0)
        this.logger.error(`${String(this.omitted)} more faults were not written`);
      this.windowOpen = false;
      this.written = 0;
      this.omitted = 0;
    });
  }
}
