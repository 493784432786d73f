/** How paths are compared. */
export interface PathPatternOptions {
  /** Whether further segments match too. */
  readonly leaf: boolean;
  readonly caseSensitive: boolean;
  /** Whether a path may end with a slash that the pattern has not. */
  readonly trailingSlash: boolean;
}

/** The path of an endpoint that takes whatever is asked for. */
export const ANY_TARGET = '*';

/** A declared path: literal segments and `:parameters`, or {@link ANY_TARGET}. */
export class PathPattern {
  private readonly segments: readonly string[];

  /** @throws TypeError if the path does not start with a slash or names a parameter twice. */
  constructor(
    readonly path: string,
    private readonly options: PathPatternOptions,
  ) {
    if (!path.startsWith('/') && !this.isAny) {
      throw new TypeError(`The path "${path}" does not start with "/"`);
    }
    this.segments = this.isAny ? [] : trimTrailing(path.slice(1).split('/'));
    const names = this.segments.filter(isParameter);
    if (new Set(names).size < names.length) {
      throw new TypeError(`The path "${path}" has a parameter twice`);
    }
  }

  /** Whether the request target makes no difference. */
  get isAny(): boolean {
    return this.path === ANY_TARGET;
  }

  /** What two patterns that match the same paths have in common. */
  get shape(): string {
    if (this.isAny) return ANY_TARGET;
    const shape = this.segments.map((segment) => (isParameter(segment) ? ':' : segment)).join('/');
    return this.options.caseSensitive ? shape : shape.toLowerCase();
  }

  /** A path with more literal segments comes before others; one that takes whatever follows comes last. */
  get specificity(): number {
    if (this.isAny) return -1;
    const literals = this.segments.filter((segment) => !isParameter(segment)).length;
    return this.options.leaf ? literals : literals + 1000;
  }

  /**
   * @param path undefined: it cannot be read.
   * @returns the parameters, or undefined if the path does not match.
   */
  match(path: readonly string[] | undefined): Readonly<Record<string, string>> | undefined {
    if (this.isAny) return {};
    if (path === undefined) return undefined;
    // The root's path is a slash and nothing else.
    const isRoot = path.length === 1;
    const given = this.options.trailingSlash || isRoot ? trimTrailing(path) : path;
    if (given.length < this.segments.length) return undefined;
    if (given.length > this.segments.length && !this.options.leaf) return undefined;
    const params: Record<string, string> = {};
    for (const [index, segment] of this.segments.entries()) {
      const value = given[index] ?? '';
      if (!isParameter(segment)) {
        if (!this.same(segment, value)) return undefined;
      } else if (value === '') {
        return undefined;
      } else {
        params[segment.slice(1)] = value;
      }
    }
    return params;
  }

  private same(a: string, b: string): boolean {
    return a === b || (!this.options.caseSensitive && a.toLowerCase() === b.toLowerCase());
  }
}

function isParameter(segment: string): boolean {
  return segment.startsWith(':');
}

function trimTrailing(segments: readonly string[]): readonly string[] {
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments;
}
