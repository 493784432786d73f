import { findProgram, PROGRAMS, type Program } from '../peers/programs.js';
import type {
  BenchSettings,
  Figure,
  Measurable,
  Sample,
  Scenario,
  ScenarioCase,
  Subject,
} from '../scenarios/scenario.js';

/** Raw data of a case: a sample of each round for each subject, in the order of the scenario's subjects. */
export interface CaseResult {
  readonly label: string;
  readonly subjects: readonly { readonly name: string; readonly samples: readonly Sample[] }[];
}

/** Raw data of a scenario. */
export interface ScenarioResult {
  readonly name: string;
  readonly description: string;
  readonly figures: readonly Figure[];
  readonly cases: readonly CaseResult[];
  /** Subjects that could not be measured, and why. */
  readonly absent: readonly { readonly name: string; readonly why: string }[];
}

/** Told what is being done, as it may take minutes. */
export type Progress = (step: string) => void;

/**
 * Measures every case; within a case the subjects take turns, in another order each round.
 *
 * @param find where a program is, if it is installed.
 */
export async function runScenario(
  scenario: Scenario,
  settings: BenchSettings,
  progress: Progress,
  find: (program: Program) => string | undefined = findProgram,
): Promise<ScenarioResult> {
  const { name, description, figures, subjects } = scenario;
  const isAbsent = ({ program }: Subject): boolean =>
    program !== undefined && find(program) === undefined;
  const cases: CaseResult[] = [];
  for (const measured of scenario.cases(settings)) {
    const { cases: parts } = settings;
    if (parts.length > 0 && !parts.some((part) => measured.label.includes(part))) continue;
    const tell: Progress = (step) => progress(`${name}, ${measured.label}: ${step}`);
    const present = (measured.subjects ?? subjects).filter((subject) => !isAbsent(subject));
    cases.push(await runCase(scenario, measured, chosen(present, settings), settings, tell));
  }
  const absent = subjects.filter(isAbsent).map(({ name, program }) => ({
    name,
    why: `${program} is not installed (${program && PROGRAMS[program]})`,
  }));
  for (const { name, why } of absent) progress(`${scenario.name}: without ${name}, ${why}`);
  return { name, description, figures, cases, absent };
}

async function runCase(
  { fresh = false }: Scenario,
  measured: ScenarioCase,
  subjects: readonly Subject[],
  settings: BenchSettings,
  progress: Progress,
): Promise<CaseResult> {
  const samples = new Map<Subject, Sample[]>(subjects.map((subject) => [subject, []]));
  const open = new Map<Subject, Measurable>();
  try {
    const first = fresh || settings.size === 'quick' ? 1 : 0;
    for (let round = first; round <= settings.rounds; round++) {
      for (const subject of rotated(subjects, round)) {
        progress(`${subject.name}, ${round === 0 ? 'warm-up' : `round ${round}`}`);
        const measurable = open.get(subject) ?? (await measured.open(subject));
        open.set(subject, measurable);
        const sample = await measurable.measure(settings);
        if (round > 0) samples.get(subject)?.push(sample);
        if (!fresh) continue;
        open.delete(subject);
        await measurable.end();
      }
    }
  } finally {
    await Promise.all(Array.from(open.values(), (measurable) => measurable.end()));
  }
  return {
    label: measured.label,
    subjects: Array.from(samples, ([{ name }, taken]) => ({ name, samples: taken })),
  };
}

/** Those that are asked for; the first one always, as the others are compared to it. */
function chosen(subjects: readonly Subject[], { servers }: BenchSettings): readonly Subject[] {
  return subjects.filter(
    ({ name }, index) =>
      index === 0 || servers.length === 0 || servers.some((server) => name.startsWith(server)),
  );
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
