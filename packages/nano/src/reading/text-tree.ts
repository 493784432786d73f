/**
 * JSON the way the node reads it (contract 3.2): every scalar is the text it was written as, every value has children, and of
 * equal names the first one counts. `JSON.parse` forgets how a number was written and keeps the last of equal names.
 */

/** A JSON value: a scalar is its text. Strings and flat lists, because a message may hold millions of values. */
export type TextTree = string | TextContainer;

/** An object or an array; both have the empty text. */
export interface TextContainer {
  /** Names of an object's members in the order they were written; an array has none. */
  readonly names: readonly string[];
  /** Members of an object, or items of an array. */
  readonly values: readonly TextTree[];
}

const EMPTY: TextContainer = { names: [], values: [] };

/** Deepest nesting that is accepted: a node has no limit and crashes somewhere beyond. */
const MAX_DEPTH = 1000;

/**
 * Levels whose children are kept: request, options, list. Nobody looks further down, and small containers take forty times the
 * memory of their text.
 */
const KEPT_DEPTH = 3;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LONE_SURROGATE = /\p{Surrogate}/u;
const LITERALS: readonly string[] = ['true', 'false', 'null'];

const BYTE_ORDER_MARK = '\uFEFF';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/**
 * Reads exactly one JSON document. A byte order mark in front is tolerated. Below the third level everything is checked, and
 * nothing kept.
 *
 * @throws SyntaxError if the text is anything else, nests deeper than 1000 levels, or escapes half a surrogate pair, which no
 * UTF-8 text can echo.
 */
export function readTextTree(json: string): TextTree {
  return new TextTreeReader(json).read();
}

/** The text of a value: empty for an object or array. */
export function textOf(tree: TextTree): string {
  return typeof tree === 'string' ? tree : '';
}

/** What is in an object or array; nothing is in a scalar. */
export function childrenOf(tree: TextTree): readonly TextTree[] {
  return typeof tree === 'string' ? EMPTY.values : tree.values;
}

/** The first member of that name; undefined if there is none. */
export function memberOf(tree: TextTree, name: string): TextTree | undefined {
  if (typeof tree === 'string') return undefined;
  const at = tree.names.indexOf(name);
  return at < 0 ? undefined : tree.values[at];
}

class TextTreeReader {
  private at = 0;
  private depth = 0;

  constructor(private readonly json: string) {}

  read(): TextTree {
    if (this.json.startsWith(BYTE_ORDER_MARK)) this.at = 1;
    const tree = this.value();
    this.skipSpace();
    if (this.at < this.json.length) this.fail();
    return tree;
  }

  private value(): TextTree {
    this.skipSpace();
    if (this.take('{')) return this.container('}');
    if (this.take('[')) return this.container(']');
    return this.scalar();
  }

  private container(end: '}' | ']'): TextContainer {
    this.skipSpace();
    if (this.take(end)) return EMPTY;
    if (++this.depth > MAX_DEPTH) this.fail();
    const isKept = this.depth <= KEPT_DEPTH;
    const names: string[] = [];
    const values: TextTree[] = [];
    do {
      const name = end === '}' ? this.name() : undefined;
      const value = this.value();
      if (isKept) values.push(value);
      if (isKept && name !== undefined) names.push(name);
      this.skipSpace();
    } while (this.take(','));
    this.expect(end);
    this.depth--;
    if (!isKept) return EMPTY;
    return { names: end === '}' ? compact(names) : EMPTY.names, values: compact(values) };
  }

  private name(): string {
    this.skipSpace();
    this.expect('"');
    const name = this.string();
    this.skipSpace();
    this.expect(':');
    return name;
  }

  private scalar(): string {
    if (this.take('"')) return this.string();
    const literal = LITERALS.find((word) => this.json.startsWith(word, this.at));
    if (literal !== undefined) {
      this.at += literal.length;
      return literal;
    }
    NUMBER.lastIndex = this.at;
    const [number] = NUMBER.exec(this.json) ?? this.fail();
    this.at += number.length;
    return number;
  }

  /** The rest of a string, behind its first quote. */
  private string(): string {
    const start = this.at;
    let escaped = false;
    for (;;) {
      const code = this.json.charCodeAt(this.at++);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        escaped = true;
        this.at++;
      } else if (!(code >= SPACE)) {
        this.fail(); // a control character, or the end
      }
    }
    const raw = this.json.slice(start, this.at - 1);
    if (!escaped) return raw;
    const text = JSON.parse(`"${raw}"`) as string;
    return LONE_SURROGATE.test(text) ? this.fail() : text;
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.json.charCodeAt(this.at);
      if (code !== SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private take(character: string): boolean {
    if (this.json[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private expect(character: string): void {
    if (!this.take(character)) this.fail();
  }

  private fail(): never {
    throw new SyntaxError(`No JSON at position ${this.at}`);
  }
}

/** A short list without the room that it has for more. */
function compact<T>(list: readonly T[]): readonly T[] {
  return list.length > 0 && list.length < 16 ? list.slice() : list;
}
