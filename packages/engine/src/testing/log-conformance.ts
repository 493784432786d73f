/**
 * What every event log must do, as one list of cases: memory, LMDB and JetStream run the same. Framework-neutral:
 *
 *     for (const { name, run } of logConformance()) it(name, () => run(() => newPlace()));
 */
import { appendCases } from './log-conformance/append-cases.js';
import { followCases } from './log-conformance/follow-cases.js';
import type { LogCase } from './log-conformance/log-case.js';
import { discardCases } from './log-conformance/discard-cases.js';
import { lifeCycleCases } from './log-conformance/life-cycle-cases.js';
import { modelCases } from './log-conformance/model-cases.js';
import { readCases } from './log-conformance/read-cases.js';
import { retentionCases } from './log-conformance/retention-cases.js';

/** All cases, in a stable order. The model case needs the package `fast-check`. */
export function logConformance(): readonly LogCase[] {
  return [
    ...appendCases,
    ...readCases,
    ...discardCases,
    ...retentionCases,
    ...lifeCycleCases,
    ...followCases,
    ...modelCases,
  ];
}
