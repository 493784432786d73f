import { describe, expect, it } from '@jest/globals';
import { CommitQueue, type CommitMember } from './commit-queue.js';
import { LogRoom } from './log-room.js';

describe('CommitQueue', () => {
  it.each([false, true])(
    'runs a task between two commits, and goes on after it (refused: %s)',
    async (isRefused) => {
      const steps: string[] = [];
      const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
      const during = async (step: string): Promise<void> => {
        steps.push(`${step} begins`);
        await later();
        steps.push(`${step} ends`);
      };
      const member: CommitMember = {
        seal: () => [],
        growth: 0,
        written: 0,
        committed: () => undefined,
        rolledBack: () => undefined,
      };
      const room = new LogRoom('log', 0, { maxBytes: Infinity, freeBytes: 0 });
      const queue = new CommitQueue({ commit: () => during('commit') }, room);
      const submit = (): Promise<void> => queue.submit(member, () => []);
      const first = submit();
      const task = queue.exclusively(async () => {
        const second = submit();
        await during('task');
        if (isRefused) throw new Error('refused');
        return { second };
      });
      await first;
      await task.catch((error: unknown) => expect(error).toEqual(new Error('refused')));
      await submit();
      const commit = ['commit begins', 'commit ends'];
      expect(steps).toEqual([...commit, 'task begins', 'task ends', ...commit]);
    },
  );
});
