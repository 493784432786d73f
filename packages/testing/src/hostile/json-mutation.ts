/** Changes to the structure of a JSON document: what a client that is wrong, or hostile, sends instead of a valid one. */
import fc from 'fast-check';
import { leaf, nodeAt, sizeOf, textOf, treeOf, withNode, type JsonTree } from './json-tree.js';

/** One change of a tree. */
type Mutation = (tree: JsonTree) => JsonTree;

/** JSON texts that are seldom expected where they stand. */
const LEAVES: readonly string[] = [
  'null',
  'true',
  'false',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '{}',
  '[]',
  '[[]]',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"length":1e9}',
  '0',
  '-0',
  '-1',
  '0.5',
  '1e400',
  '-1e400',
  '1e-400',
  '9007199254740993',
  '-9007199254740993',
  '18446744073709551616',
  '9'.repeat(400),
  '9'.repeat(4301),
  `"${'x'.repeat(70_000)}"`,
  `[${'0,'.repeat(2000)}0]`,
  ...['"a"', '"1"', '1', '2', '1000'],
];

const NAMES: readonly string[] = [
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '""',
  '"\\ud800"',
  ...['"type"', '"id"', '"action"', '"method"', '"params"', '"options"', '"address"'],
];

/** About what a repetition adds to a document at most. */
const MOST_BYTES = 20_000;

const place = fc.nat({ max: 200 });
const junk = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...LEAVES).map(leaf) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map(treeOf) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(treeOf) },
);

/** Some changes of a document, one after the other. @param others documents of which parts are spliced in. */
export function mutatedJson(
  documents: fc.Arbitrary<JsonTree>,
  others: fc.Arbitrary<JsonTree>,
): fc.Arbitrary<string> {
  const mutation = fc.oneof(
    fc.tuple(place, junk).map(([at, node]) => atNode(at, () => node)),
    fc.tuple(place, place).map(([at, which]) => atNode(at, (node) => dropped(node, which))),
    fc
      .tuple(place, place, fc.constantFrom(1, 2, 300))
      .map(([at, which, times]) => atNode(at, (node) => repeated(node, which, times))),
    fc
      .tuple(place, place, fc.constantFrom(...NAMES), junk)
      .map(([at, which, name, value]) => atNode(at, (node) => renamed(node, which, name, value))),
    fc
      .tuple(place, fc.constantFrom(1, 2, 499, 600, 20_000), fc.boolean())
      .map(([at, depth, inObjects]) => atNode(at, (node) => nested(node, depth, inObjects))),
    fc
      .tuple(place, others, place)
      .map(([at, other, from]) => atNode(at, () => nodeAt(other, from % sizeOf(other)))),
  );
  return fc
    .tuple(documents, fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([document, mutations]) =>
      textOf(mutations.reduce((tree, change) => change(tree), document)),
    );
}

function atNode(at: number, change: Mutation): Mutation {
  return (tree) => {
    const index = at % sizeOf(tree);
    return withNode(tree, index, change(nodeAt(tree, index)));
  };
}

function dropped(node: JsonTree, which: number): JsonTree {
  const keep = (_: unknown, index: number, all: readonly unknown[]) => index !== which % all.length;
  switch (node.kind) {
    case 'leaf':
      return node;
    case 'list':
      return { kind: 'list', items: node.items.filter(keep) };
    case 'object':
      return { kind: 'object', members: node.members.filter(keep) };
  }
}

function repeated(node: JsonTree, which: number, times: number): JsonTree {
  switch (node.kind) {
    case 'leaf':
      return { kind: 'list', items: many(node, node.text, times) };
    case 'list': {
      const item = node.items[which % node.items.length];
      return {
        kind: 'list',
        items: [...node.items, ...many(item, item ? textOf(item) : '', times)],
      };
    }
    case 'object': {
      const member = node.members[which % node.members.length];
      return {
        kind: 'object',
        members: [...node.members, ...many(member, member ? textOf(member[1]) : '', times)],
      };
    }
  }
}

/** Fewer where they are large: many inputs find more than long ones. */
function many<T>(
  one: T | undefined,
  { length }: { readonly length: number },
  times: number,
): readonly T[] {
  if (one === undefined) return [];
  return Array.from({ length: Math.min(times, Math.ceil(MOST_BYTES / length)) }, () => one);
}

/** Another name for a member, or a member more. */
function renamed(node: JsonTree, which: number, name: string, value: JsonTree): JsonTree {
  if (node.kind !== 'object') return { kind: 'object', members: [[name, node]] };
  const index = which % (node.members.length + 1);
  const old = node.members[index];
  return { kind: 'object', members: node.members.toSpliced(index, 1, [name, old?.[1] ?? value]) };
}

/** Text at once: as a tree, so many levels could not be walked. */
function nested(node: JsonTree, depth: number, inObjects: boolean): JsonTree {
  const [open, close] = inObjects ? ['{"a":', '}'] : ['[', ']'];
  return leaf(open.repeat(depth) + textOf(node) + close.repeat(depth));
}
