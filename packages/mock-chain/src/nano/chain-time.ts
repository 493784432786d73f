/** The chain's clock: the application's, or one of its own that goes on by a second with every action. */
export class ChainTime {
  private own = Date.UTC(2024, 0, 1);

  constructor(private readonly given: (() => number) | undefined) {}

  /** Unix milliseconds. */
  readonly now = (): number => this.given?.() ?? this.own;

  /** An action begins. */
  tick(): void {
    this.own += 1000;
  }
}
