import { createCipheriv, createHash } from 'node:crypto';

/** Random numbers from 0 to 1. */
export type Random = () => number;

/** Numbers that depend on the seed and the label alone. */
export function seededRandom(seed: number, label: string): Random {
  const key = createHash('sha256')
    .update(`${String(seed)} ${label}`)
    .digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(4);
  return () => stream.update(zeros).readUInt32BE() / 2 ** 32;
}

export function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new RangeError('There is nothing to choose from');
  return choice;
}
