/** What a scenario says; `runScenario` does the rest. */

/** A server that is measured. */
export interface Subject {
  readonly name: string;
  /** Module that exports `start`, see `MeasuredServer`. */
  readonly module: URL;
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
}

export interface BenchSettings {
  /** Length of one measurement. */
  readonly seconds: number;
  readonly rounds: number;
  /** Tiny numbers: shows that everything works, and no figure that means anything. */
  readonly quick: boolean;
}

/** A subject that is ready to be measured. */
export interface Measurable {
  measure(settings: BenchSettings): Promise<Sample>;
  end(): Promise<void>;
}

/** One row for each subject. */
export interface ScenarioCase {
  readonly label: string;
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
