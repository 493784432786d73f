/** Members of a request, read by their text (contract 3.2). */
import { childrenOf, memberOf, textOf, type TextTree } from './text-tree.js';

const BOOLEAN = /^[ \t\n\v\f\r]*(?:(true|1)|false|0)[ \t\n\v\f\r]*$/;

/** A text member as it stands; empty if there is none, or it is an object or array. */
export function readText(tree: TextTree, name: string): string {
  return textOf(memberOf(tree, name) ?? '');
}

/** A boolean member; undefined if it is unreadable, which counts as absent. */
export function readBoolean(tree: TextTree, name: string): boolean | undefined {
  const read = BOOLEAN.exec(readText(tree, name));
  return read === null ? undefined : read[1] !== undefined;
}

/** The texts of a list member; undefined if it is absent. A scalar is an empty list that is present. */
export function readList(tree: TextTree, name: string): readonly string[] | undefined {
  const list = memberOf(tree, name);
  return list === undefined ? undefined : childrenOf(list).map(textOf);
}
