import { describe, expect, it } from '@jest/globals';
import type { BenchSettings, Scenario, Subject } from '../scenarios/scenario.js';
import { runScenario } from './run-scenario.js';

const module = new URL('file:///none');
const OURS: Subject = { name: 'ours', module };
const PEER: Subject = { name: 'peer, one', module };
const OTHER: Subject = { name: 'third', module };
const settings: BenchSettings = { seconds: 1, rounds: 3, size: 'full', cases: [], servers: [] };

/** Runs a scenario whose servers only say what happens to them. */
async function run(
  scenario: Partial<Scenario>,
  given: Partial<BenchSettings> = {},
): Promise<{ steps: string[]; names: string[]; samples: number[] }> {
  const steps: string[] = [];
  const whole: Scenario = {
    name: 'scenario',
    description: '',
    subjects: [OURS, PEER, OTHER],
    figures: [],
    cases: () => [
      {
        label: 'case',
        open: ({ name }) => {
          steps.push(`open ${name}`);
          return Promise.resolve({
            measure: () => Promise.resolve({ value: steps.push(`measure ${name}`) }),
            end: () => Promise.resolve(void steps.push(`end ${name}`)),
          });
        },
      },
    ],
    ...scenario,
  };
  const { cases } = await runScenario(whole, { ...settings, ...given }, () => undefined);
  const subjects = cases[0]?.subjects ?? [];
  return {
    steps,
    names: subjects.map(({ name }) => name),
    samples: subjects.map(({ samples }) => samples.length),
  };
}

const measured = (steps: readonly string[]): string =>
  steps
    .filter((step) => step.startsWith('measure'))
    .map((step) => step.split(' ')[1]?.[0])
    .join('');

describe('a scenario', () => {
  it('has its servers take turns, in another order each round, and does not count the first', async () => {
    const { steps, names, samples } = await run({});
    expect(names).toEqual(['ours', 'peer, one', 'third']);
    expect(measured(steps)).toBe('optptotopopt');
    expect(samples).toEqual([3, 3, 3]);
    expect(steps.filter((step) => /^(open|end) ours/.test(step))).toHaveLength(2);
  });

  it('begins each round with new processes where it says so, and counts every round', async () => {
    const { steps, samples } = await run({ fresh: true });
    expect(samples).toEqual([3, 3, 3]);
    expect(steps.slice(0, 3)).toEqual(['open peer, one', 'measure peer, one', 'end peer, one']);
    expect(steps.filter((step) => step === 'open ours')).toHaveLength(3);
  });

  it('measures what is asked for, and always the first', async () => {
    expect((await run({}, { servers: ['peer'] })).names).toEqual(['ours', 'peer, one']);
    expect((await run({}, { servers: ['nobody'] })).names).toEqual(['ours']);
    expect((await run({}, { cases: ['ase'] })).names).toHaveLength(3);
    expect((await run({}, { cases: ['none'] })).names).toEqual([]);
  });

  it('ends every server when one cannot be measured', async () => {
    const steps: string[] = [];
    const open = ({ name }: Subject) =>
      Promise.resolve({
        measure: () =>
          name === 'third' ? Promise.reject(new Error('lost')) : Promise.resolve({ value: 1 }),
        end: () => Promise.resolve(void steps.push(name)),
      });
    await expect(run({ cases: () => [{ label: 'case', open }] })).rejects.toThrow('lost');
    expect(steps).toEqual(['ours', 'peer, one', 'third']);
  });

  it('leaves out what is not installed, and says how to get it', async () => {
    const said: string[] = [];
    const measurable = { measure: () => Promise.resolve({}), end: () => Promise.resolve() };
    const scenario: Scenario = {
      name: 'scenario',
      description: '',
      subjects: [OURS, { name: 'a broker', module, program: 'mosquitto' }],
      figures: [],
      cases: () => [{ label: 'case', open: () => Promise.resolve(measurable) }],
    };
    const run = (path: string | undefined) =>
      runScenario(
        scenario,
        settings,
        (step) => said.push(step),
        () => path,
      );
    const without = await run(undefined);
    expect(without.cases[0]?.subjects.map(({ name }) => name)).toEqual(['ours']);
    const why = 'mosquitto is not installed (apt-get install mosquitto)';
    expect(without.absent).toEqual([{ name: 'a broker', why }]);
    expect(said.at(-1)).toBe(`scenario: without a broker, ${why}`);

    const complete = await run('/usr/sbin/mosquitto');
    expect(complete.cases[0]?.subjects).toHaveLength(2);
    expect(complete.absent).toEqual([]);
  });
});
