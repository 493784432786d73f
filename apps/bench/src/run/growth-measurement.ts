import { growthEach } from '../processes/process-figures.js';
import type { Figure, Measurable, Sample, Subject } from '../scenarios/scenario.js';
import { Rig } from './rig.js';

/** What grows, and how many of them. */
export interface GrowthPlan {
  readonly parameters: unknown;
  /** What is there before; default: nothing. */
  readonly prepare?: (rig: Rig, url: string) => Promise<unknown>;
  readonly grow: (rig: Rig, url: string) => Promise<unknown>;
  /** Things that have come by growing. */
  readonly things: number;
}

/** Columns of what a {@link GrowthMeasurement} measures. */
export const GROWTH_FIGURES: readonly Figure[] = [
  { key: 'alive', title: 'live bytes each', compared: true },
  { key: 'resident', title: 'resident bytes each' },
];

/** Memory of a server before and after something happened to it. */
export class GrowthMeasurement implements Measurable {
  private constructor(
    private readonly rig: Rig,
    private readonly url: string,
    private readonly plan: GrowthPlan,
  ) {}

  static async open(subject: Subject, plan: GrowthPlan): Promise<GrowthMeasurement> {
    const { rig, url } = await Rig.start(subject, plan.parameters);
    return new GrowthMeasurement(rig, url, plan);
  }

  async measure(): Promise<Sample> {
    const { rig, url, plan } = this;
    await plan.prepare?.(rig, url);
    const before = await rig.server.call('memory', undefined);
    await plan.grow(rig, url);
    const after = await rig.server.call('memory', undefined);
    return growthEach(before, after, plan.things);
  }

  end(): Promise<void> {
    return this.rig.end();
  }
}
