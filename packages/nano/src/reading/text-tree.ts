/**
 * JSON the way the node reads it (contract 3.2): every scalar is the text it was written as, every value has children, and of
 * equal names the first one counts. `JSON.parse` forgets how a number was written and keeps the last of equal names.
 */

/** A JSON value: a scalar has text and no children, an object or array has children and the empty text. */
export interface TextTree {
  readonly text: string;
  /** Members of an object, or items of an array under the empty name, in the order they were written. */
  readonly children: readonly TextTreeChild[];
}

/** A member of an object or an item of an array. */
export interface TextTreeChild {
  readonly name: string;
  readonly value: TextTree;
}

/** Deepest nesting that is accepted: a node has no limit and crashes somewhere beyond. */
const MAX_DEPTH = 1000;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LONE_SURROGATE = /\p{Surrogate}/u;
const LITERALS: readonly string[] = ['true', 'false', 'null'];

const BYTE_ORDER_MARK = '\uFEFF';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/**
 * Reads exactly one JSON document. A byte order mark in front is tolerated.
 *
 * @throws SyntaxError if the text is anything else, nests deeper than 1000 levels, or escapes half a surrogate pair, which no
 * UTF-8 text can echo.
 */
export function readTextTree(json: string): TextTree {
  return new TextTreeReader(json).read();
}

/** The first member of that name; undefined if there is none. */
export function childOf(tree: TextTree, name: string): TextTree | undefined {
  return tree.children.find((child) => child.name === name)?.value;
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
    if (this.take('{')) return this.container('}', () => this.name());
    if (this.take('[')) return this.container(']', () => '');
    return { text: this.scalar(), children: [] };
  }

  private container(end: '}' | ']', name: () => string): TextTree {
    if (++this.depth > MAX_DEPTH) this.fail();
    const children: TextTreeChild[] = [];
    this.skipSpace();
    if (!this.take(end)) {
      do {
        children.push({ name: name(), value: this.value() });
        this.skipSpace();
      } while (this.take(','));
      this.expect(end);
    }
    this.depth--;
    return { text: '', children };
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
