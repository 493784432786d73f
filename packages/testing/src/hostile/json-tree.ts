/**
 * JSON documents as trees whose leaves are JSON text, so that everything a text can hold can be made: members that occur
 * twice, numbers of any size, halves of surrogate pairs.
 */
export type JsonTree =
  | { readonly kind: 'leaf'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly JsonTree[] }
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] };

/** A member; its name is JSON text too, with its quotes. */
export type JsonMember = readonly [name: string, value: JsonTree];

export function leaf(text: string): JsonTree {
  return { kind: 'leaf', text };
}

/** @param value anything that `JSON.stringify` takes; a bigint is a number. */
export function treeOf(value: unknown): JsonTree {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(treeOf) };
  if (typeof value === 'bigint') return leaf(String(value));
  if (typeof value !== 'object' || value === null) return leaf(JSON.stringify(value));
  const members = Object.entries(value).map(([name, member]): JsonMember => [
    JSON.stringify(name),
    treeOf(member),
  ]);
  return { kind: 'object', members };
}

export function textOf(tree: JsonTree): string {
  switch (tree.kind) {
    case 'leaf':
      return tree.text;
    case 'list':
      return `[${tree.items.map(textOf).join()}]`;
    case 'object':
      return `{${tree.members.map(([name, value]) => `${name}:${textOf(value)}`).join()}}`;
  }
}

/** Number of nodes, the root included. */
export function sizeOf(tree: JsonTree): number {
  return childrenOf(tree).reduce((size, child) => size + sizeOf(child), 1);
}

/** The node at a place of the walk from the root, depth first. */
export function nodeAt(tree: JsonTree, at: number): JsonTree {
  if (at === 0) return tree;
  let before = 1;
  for (const child of childrenOf(tree)) {
    const size = sizeOf(child);
    if (at < before + size) return nodeAt(child, at - before);
    before += size;
  }
  throw new RangeError(`There is no node ${at}`);
}

/** The same tree with another node at a place. */
export function withNode(tree: JsonTree, at: number, node: JsonTree): JsonTree {
  if (at === 0) return node;
  let before = 1;
  const replaced = childrenOf(tree).map((child) => {
    const size = sizeOf(child);
    const isThere = at >= before && at < before + size;
    const result = isThere ? withNode(child, at - before, node) : child;
    before += size;
    return result;
  });
  return withChildren(tree, replaced);
}

function childrenOf(tree: JsonTree): readonly JsonTree[] {
  if (tree.kind === 'leaf') return [];
  return tree.kind === 'list' ? tree.items : tree.members.map(([, value]) => value);
}

function withChildren(tree: JsonTree, children: readonly JsonTree[]): JsonTree {
  if (tree.kind === 'leaf') return tree;
  if (tree.kind === 'list') return { kind: 'list', items: children };
  const members = tree.members.map(([name, value], index): JsonMember => [
    name,
    children[index] ?? value,
  ]);
  return { kind: 'object', members };
}
