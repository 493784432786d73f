import { describe, expect, it } from '@jest/globals';
import { SharedQuestion } from './shared-question.js';

interface Answer {
  readonly resolve: (value: string) => void;
  readonly reject: (error: Error) => void;
}

/** A question whose answers the test gives. */
function slow() {
  const asked: Answer[] = [];
  const question = new SharedQuestion(
    () =>
      new Promise<string>((resolve, reject) => {
        asked.push({ resolve, reject });
      }),
  );
  return { asked, question };
}

describe('a shared question', () => {
  it('is asked anew for everybody who can be answered at once', () => {
    let asked = 0;
    const question = new SharedQuestion(() => ++asked);
    expect([question.ask(), question.ask()]).toEqual([1, 2]);
  });

  it('is asked once for all who come while it is being answered, after that', async () => {
    const { asked, question } = slow();
    const first = question.ask();
    const others = [question.ask(), question.ask(), question.ask()];
    expect(asked).toHaveLength(1);
    asked[0]?.resolve('old');
    expect(await first).toBe('old');
    await Promise.resolve();
    expect(asked).toHaveLength(2);
    asked[1]?.resolve('new');
    expect(await Promise.all(others.map(async (other) => other))).toEqual(['new', 'new', 'new']);
    const last = question.ask();
    asked[2]?.resolve('newer');
    expect(await last).toBe('newer');
  });

  it('gives nobody an answer to a question that was asked before he came', async () => {
    const { asked, question } = slow();
    const first = question.ask();
    const second = question.ask();
    asked[0]?.resolve('1');
    await first;
    await Promise.resolve();
    const third = question.ask();
    asked[1]?.resolve('2');
    expect(await second).toBe('2');
    await Promise.resolve();
    asked[2]?.resolve('3');
    expect(await third).toBe('3');
  });

  it('fails for those who asked it and for nobody else', async () => {
    const { asked, question } = slow();
    const first = question.ask();
    const second = question.ask();
    asked[0]?.reject(new Error('a fault'));
    await expect(first).rejects.toThrow('a fault');
    await Promise.resolve();
    asked[1]?.resolve('fine');
    expect(await second).toBe('fine');
  });

  it('can be asked again after it threw', () => {
    let fails = true;
    const question = new SharedQuestion(() => {
      if (fails) throw new Error('a fault');
      return 'fine';
    });
    expect(() => question.ask()).toThrow('a fault');
    fails = false;
    expect(question.ask()).toBe('fine');
  });
});
