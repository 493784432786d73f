import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Takes the time of steps that follow each other. */
export class StopWatch {
  private readonly laps: { readonly step: string; readonly ms: number }[] = [];
  private last = performance.now();

  /** The step that has just ended. */
  lap(step: string): void {
    const now = performance.now();
    this.laps.push({ step, ms: Math.round(now - this.last) });
    this.last = now;
  }

  get totalMs(): number {
    return this.laps.reduce((sum, { ms }) => sum + ms, 0);
  }

  /** Shows the laps, and keeps them as `test-results/NAME.json`. */
  report(name: string): void {
    const path = fileURLToPath(new URL(`../../../test-results/${name}.json`, import.meta.url));
    mkdirSync(dirname(path), { recursive: true });
    const { laps, totalMs } = this;
    writeFileSync(path, `${JSON.stringify({ steps: laps, totalMs }, undefined, 2)}\n`);
    const lines = [...laps, { step: 'in all', ms: totalMs }].map(
      ({ step, ms }) => `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${step}`,
    );
    process.stderr.write(`${name}:\n${lines.join('\n')}\n`);
  }
}
