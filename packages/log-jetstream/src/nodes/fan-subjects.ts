import type { WriterRun } from './fan-frame.js';

/** Where a run's frames are asked for. */
export function againSubject(subject: string, { id }: WriterRun): string {
  return `${subject}.again.${id}`;
}

/** Where whoever is the writer answers. */
export function anySubject(subject: string): string {
  return `${subject}.again`;
}
