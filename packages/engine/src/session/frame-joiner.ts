/** The frames that one or more sessions are owed, and one buffer of all of them once two are owed the same. */
interface Owed {
  readonly frames: readonly Buffer[];
  joined: readonly Buffer[] | undefined;
}

/**
 * Joins the frames that sessions write one after the other: those that are owed the same frames share one buffer of all
 * of them. Frames of one session alone are left as they are: how to write them is the socket's business.
 */
export class FrameJoiner {
  private readonly byFirst = new Map<Buffer, Owed>();

  /** @returns `frames`, or a single buffer with the same bytes. */
  join(frames: readonly Buffer[], bytes: number): readonly Buffer[] {
    const [first] = frames;
    if (first === undefined || frames.length === 1) return frames;
    const owed = this.byFirst.get(first);
    if (owed === undefined || !sameFrames(owed.frames, frames)) {
      this.byFirst.set(first, { frames, joined: undefined });
      return frames;
    }
    return (owed.joined ??= [Buffer.concat(frames, bytes)]);
  }
}

function sameFrames(some: readonly Buffer[], others: readonly Buffer[]): boolean {
  if (some.length !== others.length) return false;
  for (let position = 0; position < some.length; position++) {
    if (some[position] !== others[position]) return false;
  }
  return true;
}
