/** Knows when a broker has passed on what it was given: every message is followed by one that comes back to its sender. */
export class Echo {
  private underWay = 0;
  private onQuiet: () => void = () => undefined;

  sent(): void {
    this.underWay++;
  }

  heard(): void {
    if (--this.underWay === 0) this.onQuiet();
  }

  /** Resolves when everything has come back. */
  quiet(): Promise<void> {
    return new Promise((resolve) => {
      if (this.underWay === 0) resolve();
      else this.onQuiet = resolve;
    });
  }
}
