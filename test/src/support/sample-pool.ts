import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endLaunches, SampleProcess, type LaunchOptions } from './sample-process.js';

/**
 * The samples of one test, ended together, with their folders.
 * @example
 * const samples = new SamplePool();
 * afterEach(() => samples.endAll());
 */
export class SamplePool {
  private samples: SampleProcess[] = [];
  private folders: string[] = [];

  /** A new folder that goes with the test. */
  folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'sluice-sample-'));
    this.folders.push(path);
    return path;
  }

  /** Starts a sample; without `data` in a new folder. See {@link SampleProcess.start}. */
  async start(
    args: readonly string[] = [],
    { data = this.folder(), ...options }: LaunchOptions & { data?: string } = {},
  ): Promise<SampleProcess> {
    const sample = await SampleProcess.start(data, args, options);
    this.samples.push(sample);
    return sample;
  }

  /**
   * Ends every sample of the test file and removes the folders.
   * @throws Error if a sample wrote to standard error: no test here gives it a reason to.
   */
  async endAll(): Promise<void> {
    const samples = this.samples;
    this.samples = [];
    await endLaunches();
    const ends = await Promise.all(samples.map((sample) => sample.ended));
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
    this.folders = [];
    const said = ends.map(({ stderr }) => stderr).join('');
    if (said !== '') throw new Error(`a sample wrote to standard error:\n${said}`);
  }
}
