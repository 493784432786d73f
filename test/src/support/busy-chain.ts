import type { ActionAnswer, SampleProcess } from './sample-process.js';

const ACTIONS = ['mine', 'transfer', 'transfer', 'double-spend', 'reorg', 'token', 'step'];

/**
 * One action after the other until the process is gone. What the chain refuses is no matter.
 * @returns the newest event of which an answer has told: it is stored, whatever happens then.
 * @throws Error if an answer is neither done nor refused by the chain.
 */
export async function keepBusy(sample: SampleProcess, random: () => number): Promise<number> {
  for (let newest = -1; ;) {
    const action = ACTIONS[Math.floor(random() * ACTIONS.length)] ?? 'mine';
    const body = action === 'token' ? { name: 'Crash', symbol: 'CRASH' } : {};
    const answer = await sample.post(action, body).catch(() => undefined);
    if (answer === undefined) return newest;
    if (answer.status === 200) newest = (answer.body as ActionAnswer).latest_event_id;
    else if (answer.status !== 409) throw new Error(`${action}: ${JSON.stringify(answer)}`);
  }
}
