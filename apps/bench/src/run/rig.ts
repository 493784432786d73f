import type { LoadCalls } from '../load/load-process.js';
import { HelperProcess } from '../processes/helper-process.js';
import { findProgram } from '../peers/programs.js';
import type { Subject } from '../scenarios/scenario.js';
import type { ServerCalls } from '../server/server-process.js';

/** A server under measurement and its load generator, each in a process of its own. */
export class Rig {
  readonly server: HelperProcess<ServerCalls>;
  readonly load = new HelperProcess<LoadCalls>(new URL('../load/load-process.js', import.meta.url));

  private constructor({ runtime }: Subject) {
    const path = runtime && findProgram(runtime);
    const module = new URL('../server/server-process.js', import.meta.url);
    this.server = new HelperProcess<ServerCalls>(module, path);
  }

  /** @returns the rig and the URL of its server. */
  static async start(subject: Subject, parameters: unknown): Promise<{ rig: Rig; url: string }> {
    const rig = new Rig(subject);
    try {
      const url = await rig.server.call('start', { module: subject.module.href, parameters });
      return { rig, url };
    } catch (error) {
      await rig.end();
      throw error;
    }
  }

  async end(): Promise<void> {
    await Promise.all([this.load.end(), this.server.end()]);
  }
}
