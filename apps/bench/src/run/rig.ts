import type { LoadCalls } from '../load/load-process.js';
import { findProgram } from '../peers/programs.js';
import { HelperProcess } from '../processes/helper-process.js';
import type { Subject } from '../scenarios/scenario.js';
import type { ServerCalls } from '../server/server-process.js';

type LoadProcess = HelperProcess<LoadCalls>;

/** Load generators without clients: they are warm, and to start one takes longer than many a measurement. */
const idle: LoadProcess[] = [];

/** A server under measurement and its load generator, each in a process of its own. */
export class Rig {
  readonly server: HelperProcess<ServerCalls>;
  readonly load =
    idle.pop() ?? new HelperProcess<LoadCalls>(new URL('../load/load-process.js', import.meta.url));

  private constructor({ runtime }: Subject) {
    const path = runtime && findProgram(runtime);
    const module = new URL('../server/server-process.js', import.meta.url);
    this.server = new HelperProcess<ServerCalls>(module, { runtime: path });
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

  /** Ends the server; the load generator waits for the next rig. */
  async end(): Promise<void> {
    try {
      await this.load.call('reset', undefined);
      idle.push(this.load);
    } finally {
      await this.server.end();
    }
  }
}

/** Ends the load generators that wait, without which this process does not end. */
export async function endIdleGenerators(): Promise<void> {
  await Promise.all(idle.splice(0).map((load) => load.end()));
}
