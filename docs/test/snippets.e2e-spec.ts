/** Every TypeScript block of every document, see support/snippets.ts for what a block may leave to the reader. */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { withCode } from '../site/document-code.mjs';
import { root } from '../site/repository.js';
import { faultsOf, syntaxFaultsOf } from './support/compile.js';
import { documents } from './support/documents.js';
import { snippetsOf, type Snippet } from './support/snippets.js';

const snippets = documents().flatMap(snippetsOf);
const ofKind = (kind: Snippet['kind']) => snippets.filter((snippet) => snippet.kind === kind);

const withoutIndent = (text: string): string => text.replace(/^[ \t]+/gm, '').trim();

describe('TypeScript in documents', () => {
  it('compiles against the built packages', () => {
    expect(ofKind('module').length).toBeGreaterThan(30);
    expect(faultsOf(ofKind('module'))).toEqual([]);
  });

  it('is in the files it says it is from', () => {
    const missing = ofKind('from').filter(({ file, source, code }) => {
      const whole = readFileSync(join(root, posix.dirname(file), source), 'utf8');
      return !withoutIndent(whole).includes(withoutIndent(code));
    });
    expect(missing).toEqual([]);
  });

  it('is to the letter what the files it names have; `npm run format` writes it anew', () => {
    const marked = documents().filter(({ text }) => text.includes('<!-- code: '));
    for (const { file, text } of marked) expect(withCode(text, join(root, file))).toBe(text);
    const marks = marked.flatMap(({ text }) => text.match(/<!-- code: /g));
    expect(ofKind('code')).toHaveLength(marks.length);
    expect(marks.length).toBeGreaterThan(15);
  });

  it('has no faults of syntax where it is a fragment', () => {
    expect(ofKind('fragment').flatMap(syntaxFaultsOf)).toEqual([]);
  });

  it('may import what is the reader’s own', () => {
    const text =
      "```ts\nimport { Ledger, type Row } from './ledger.js';\nexport const rows: Row[] = new Ledger().rows();\n```\n";
    expect(faultsOf(snippetsOf({ file: 'right.md', text }))).toEqual([]);
  });

  it('would be found wrong', () => {
    const text = [
      'Text.\n\n```ts\nimport { EventBuss } from "@sluice/engine";\n```\n',
      '<!-- given\nconst n = 1;\n-->\n\n```ts\nconst text: string = n;\n```\n',
      '<!-- fragment -->\n\n```ts\nconst = ;\n```\n',
    ].join('\n');
    const [first, second, third] = snippetsOf({ file: 'wrong.md', text });
    expect(faultsOf([first, second] as Snippet[])).toEqual([
      expect.stringMatching(/^wrong\.md:4 .*EventBuss/),
      expect.stringMatching(/^wrong\.md:12 .*not assignable/),
    ]);
    expect(syntaxFaultsOf(third!)).toHaveLength(1);
  });
});
