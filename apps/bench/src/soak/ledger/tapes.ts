import type { Publication, StreamName } from './publication.js';
import { Tape } from './tape.js';

/** Clocks of two processes differ by less, and so do a subscription and its acknowledgement. */
const BLUR_MICROS = 50_000;
/** The times of templates are those at which another client got them. */
const TEMPLATE_BLUR_MICROS = 1_500_000;

/** What was published on all streams. */
export class Tapes {
  readonly byStream: Readonly<Record<StreamName, Tape>> = {
    hathor: new Tape(BLUR_MICROS),
    nano: new Tape(BLUR_MICROS),
    lighthouse: new Tape(BLUR_MICROS),
    bigchaindb: new Tape(BLUR_MICROS),
    basalt: new Tape(BLUR_MICROS),
    templates: new Tape(TEMPLATE_BLUR_MICROS),
  };
  private readonly vertices = new Map<string, Publication>();

  add(publications: readonly Publication[]): void {
    for (const publication of publications) {
      this.byStream[publication.stream].add(publication);
      if (publication.stream === 'hathor') this.vertices.set(publication.key, publication);
    }
  }

  /** The publication of a Hathor vertex. */
  vertex(hash: string): Publication | undefined {
    return this.vertices.get(hash);
  }

  get published(): number {
    return Object.values(this.byStream).reduce((total, tape) => total + tape.length, 0);
  }
}
