import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What figures depend on. */
export interface MachineFacts {
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  /** Processes that wanted to run during the last minute: above the number of cores, times mean little. */
  readonly load: number;
}

export function machineFacts(): MachineFacts {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    load: Number(loadavg()[0]?.toFixed(1)),
  };
}

export function describeMachine(facts: MachineFacts): string {
  const { node, platform, cores, processor, memoryGiB, load } = facts;
  const busy = load > cores ? '; **busy: trust CPU figures and ratios, not times**' : '';
  return `Node ${node}, ${platform}, ${cores} cores (${processor}), ${memoryGiB} GiB, load ${load}${busy}`;
}
