import { describe, expect, it } from '@jest/globals';
import { BUN, NEST, SLUICE } from '../../broadcast/broadcast-subjects.js';
import { fanOutLabel } from '../../scenarios/fan-out/fan-out.scenario.js';
import { Measured } from '../measured.js';
import { judge, type Target } from './target.js';
import { TARGETS } from './targets.js';

const target = (relation: Target['bound'][0], bound: number, found?: number): Target => ({
  what: 'speed',
  bound: [relation, bound],
  unit: ' ×',
  value: () => found,
});

describe('a target', () => {
  it.each([
    ['≥', 2, 'met'],
    ['≥', 1.999, 'missed'],
    ['≤', 2, 'met'],
    ['≤', 2.001, 'missed'],
    ['<', 2, 'missed'],
    ['<', 1.999, 'met'],
    ['<', undefined, 'not measured'],
  ] as const)('%s 2 with %p is %s', (relation, found, status) => {
    expect(judge(target(relation, 2, found), new Measured([]))).toMatchObject({
      what: 'speed',
      target: `${relation} 2 ×`,
      status,
    });
  });

  it('is not measured, rather than met, where there are no results', () => {
    const statuses = TARGETS.map((each) => judge(each, new Measured([])).status);
    expect(new Set(statuses)).toEqual(new Set(['not measured']));
  });

  it('compares servers within their rounds', () => {
    const label = fanOutLabel(1000, 50, 300);
    const subject = (name: string, ...values: number[]) => ({
      name,
      samples: values.map((cpuPerDelivery) => ({ cpuPerDelivery })),
    });
    const subjects = [
      subject(SLUICE.name, 1, 2, 3),
      subject(NEST.name, 26, 54, 90),
      subject(BUN.name, 0.5, 4, 6),
    ];
    const measured = new Measured([
      { name: 'fan-out', description: '', figures: [], absent: [], cases: [{ label, subjects }] },
    ]);
    const [ofBun, ofNest] = TARGETS.map((each) => judge(each, measured));
    expect(ofBun).toMatchObject({ measured: '0.50 ×', status: 'met' });
    expect(ofNest).toMatchObject({ target: '≥ 25 ×', measured: '27.0 ×', status: 'met' });
  });
});
