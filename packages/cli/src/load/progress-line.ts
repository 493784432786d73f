import type { CancelTask, Clock } from '@sluice/engine';
import type { Terminal } from '../terminal/terminal.js';

/** How often the line is drawn, milliseconds. */
const EVERY_MS = 250;

/** A line at the bottom of a terminal that is drawn again and again; nothing where standard error is no terminal. */
export class ProgressLine {
  private cancel: CancelTask | undefined;

  constructor(
    private readonly terminal: Terminal,
    private readonly clock: Clock,
    private readonly text: () => string,
  ) {
    if (terminal.isErrorTTY) this.schedule();
  }

  /** Takes the line away. */
  end(): void {
    if (this.cancel === undefined) return;
    this.cancel();
    this.terminal.stderr.write('\r\u001b[K');
  }

  private schedule(): void {
    this.cancel = this.clock.after(EVERY_MS, () => {
      this.terminal.stderr.write(`\r\u001b[K${this.text()}`);
      this.schedule();
    });
  }
}
