import type { FileTree } from '../../src/index.js';

/** Files in memory, by path. */
export class MemoryTree implements FileTree {
  private readonly files = new Map<string, string>();

  constructor(files: Readonly<Record<string, string | object>> = {}) {
    for (const [path, content] of Object.entries(files)) {
      this.write(path, typeof content === 'string' ? content : JSON.stringify(content));
    }
  }

  get paths(): readonly string[] {
    return [...this.files.keys()].sort();
  }

  exists(path: string): boolean {
    return this.files.has(path);
  }

  read(path: string): Buffer | null {
    const content = this.files.get(path);
    return content === undefined ? null : Buffer.from(content);
  }

  write(path: string, content: string): void {
    this.files.set(path, content);
  }

  /** @throws Error if there is no such file. */
  text(path: string): string {
    const content = this.files.get(path);
    if (content === undefined) throw new Error(`${path} is not among ${this.paths.join(', ')}`);
    return content;
  }

  json(path: string): unknown {
    return JSON.parse(this.text(path));
  }
}
