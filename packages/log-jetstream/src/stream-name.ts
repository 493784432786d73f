import { SluiceError } from '@sluice/engine';

const LONGEST_NAME = 200;

/**
 * Name of the JetStream stream, and of its one subject, for a stream of the log: `events` is `sluice-events`. Other
 * characters than letters, digits and `-` become `_` and two hexadecimal digits per byte, so no two names meet.
 */
export function jetStreamName(prefix: string, stream: string): string {
  const name = `${prefix}-${Array.from(Buffer.from(stream), escaped).join('')}`;
  if (stream !== '' && name.length <= LONGEST_NAME) return name;
  throw new SluiceError(
    'INVALID',
    `a stream's name is not empty, and with the prefix and every byte that is not a letter, digit or '-' counted as ` +
      `three it has at most ${LONGEST_NAME} characters`,
  );
}

/** Whether `prefix` may begin the name of a JetStream stream. */
export function isPrefix(prefix: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(prefix);
}

function escaped(byte: number): string {
  const character = String.fromCharCode(byte);
  if (/[A-Za-z0-9-]/.test(character)) return character;
  return `_${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
