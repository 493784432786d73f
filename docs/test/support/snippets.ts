/**
 * TypeScript in documents. A block is a whole module, unless a comment right above it says otherwise:
 *
 * | comment | the block |
 * | --- | --- |
 * | none | compiles as it stands |
 * | `<!-- given` … `-->` | compiles behind the lines of the comment, which readers do not see |
 * | `<!-- from FILE -->` | is a part of that file, beside the document, indentation aside |
 * | `<!-- code: FILE#REGION -->` | is that region of that file to the letter: ../../site/document-code.mjs writes it |
 * | `<!-- fragment -->` | leaves something out: only its syntax is checked |
 *
 * What a block imports from `./…` is the reader's own, and whatever the block takes it for.
 */
import type { Document } from './documents.js';

export interface Snippet {
  readonly file: string;
  /** Line of the first line of code, from 1. */
  readonly line: number;
  readonly code: string;
  readonly kind: 'module' | 'from' | 'code' | 'fragment';
  /** Code in front of it. */
  readonly given: string;
  /** The file that it is a part of, for `from`. */
  readonly source: string;
}

const COMMENT =
  /(?:<!--((?:(?!<!--)[^])*?)-->\s*)?^([ ]*)```(?:ts|typescript)[ ]*\n([^]*?)^\2```$/gm;

export function snippetsOf({ file, text }: Document): Snippet[] {
  return [...text.matchAll(COMMENT)].map((match) => {
    const [whole, comment = '', indent = '', body = ''] = match;
    const codeAt = match.index + whole.length - `${indent}\`\`\``.length - body.length;
    const line = text.slice(0, codeAt).split('\n').length;
    return { file, line, code: body.replaceAll(`\n${indent}`, '\n'), ...markOf(comment) };
  });
}

function markOf(comment: string): Pick<Snippet, 'kind' | 'given' | 'source'> {
  const [, word, rest = ''] = /^\s*(given|from|code|fragment)\b([^]*)$/.exec(comment) ?? [];
  if (word === 'given') return { kind: 'module', given: rest.trimStart(), source: '' };
  if (word === 'from') return { kind: 'from', given: '', source: rest.trim() };
  const kind = word === 'code' || word === 'fragment' ? word : 'module';
  return { kind, given: '', source: '' };
}
