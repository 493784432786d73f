import type { ScenarioResult } from '../run/run-scenario.js';
import type { Sample } from '../scenarios/scenario.js';
import { pairedRatio, spread } from '../statistics/statistics.js';

/** Names one figure of one server in one case. */
export interface Place {
  readonly scenario: string;
  readonly label: string;
  readonly subject: string;
  readonly figure: string;
}

/** What was measured, by its place; a scenario may come in several parts. */
export class Measured {
  constructor(private readonly results: readonly ScenarioResult[]) {}

  /** Median of the rounds; undefined if it was not measured. */
  median(place: Place): number | undefined {
    const values = this.values(place);
    return values && spread(values).median;
  }

  /** Median of the ratios within the rounds; undefined unless both were measured in the same case. */
  ratio(place: Place, to: Partial<Place>): number | undefined {
    const [values, base] = [this.values(place), this.values({ ...place, ...to })];
    return values && base && pairedRatio(values, base).median;
  }

  private values({ scenario, label, subject, figure }: Place): number[] | undefined {
    const samples = this.results
      .filter(({ name }) => name === scenario)
      .flatMap(({ cases }) => cases.filter((measured) => measured.label === label))
      .flatMap(({ subjects }) => subjects.filter(({ name }) => name === subject))
      .flatMap((measured): readonly Sample[] => measured.samples);
    const values = samples.map((sample) => sample[figure] ?? NaN).filter((v) => !Number.isNaN(v));
    return values.length > 0 ? values : undefined;
  }
}
