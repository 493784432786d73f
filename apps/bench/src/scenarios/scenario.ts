/** What a scenario says; `runScenario` does the rest. */
import type { AudienceOptions } from '../load/load-audience.js';
import type { Program } from '../peers/programs.js';

/** A server that is measured. */
export interface Subject {
  readonly name: string;
  /** Module that exports `start`, see `MeasuredServer`. */
  readonly module: URL;
  /** What must be installed; default: nothing. The subject is left out where it is not. */
  readonly program?: Program;
  /** What runs the module; default: Node. */
  readonly runtime?: Extract<Program, 'bun'>;
  /** How its clients begin; default: as the scenario says. */
  readonly audience?: Pick<AudienceOptions, 'protocol' | 'greetings'>;
}

/** Values of one measurement by their figure's key. */
export type Sample = Readonly<Record<string, number>>;

/** A column. */
export interface Figure {
  readonly key: string;
  /** With the unit. */
  readonly title: string;
  /** Digits behind the point; default 0. */
  readonly digits?: number;
  /** Whether the table shows how the others' values relate to the first subject's; default false. */
  readonly compared?: boolean;
  /** Above it the load generator was the bottleneck, and the table says so; default: no such value. */
  readonly limit?: number;
}

export interface BenchSettings {
  /** Length of one measurement. */
  readonly seconds: number;
  readonly rounds: number;
  /**
   * `full`; `short`: what a machine can check in a minute; `quick`: tiny numbers that show that everything works, and no
   * figure that means anything.
   */
  readonly size: 'full' | 'short' | 'quick';
  /** Parts of the labels of cases to measure; empty: all of them. */
  readonly cases: readonly string[];
  /** Beginnings of the names of subjects to measure; empty: all of them. */
  readonly servers: readonly string[];
}

/** A subject that is ready to be measured. */
export interface Measurable {
  measure(settings: BenchSettings): Promise<Sample>;
  end(): Promise<void>;
}

/** One row for each subject. */
export interface ScenarioCase {
  readonly label: string;
  /** Default: all subjects of the scenario. */
  readonly subjects?: readonly Subject[];
  open(subject: Subject): Promise<Measurable>;
}

export interface Scenario {
  readonly name: string;
  /** One line. */
  readonly description: string;
  /** The first is the one the others are compared to. */
  readonly subjects: readonly [Subject, ...Subject[]];
  readonly figures: readonly Figure[];
  /** Whether each round begins with new processes; default false: they stay, and the first measurement does not count. */
  readonly fresh?: boolean;
  cases(settings: BenchSettings): readonly ScenarioCase[];
}
