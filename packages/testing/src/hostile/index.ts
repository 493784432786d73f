export { mutatedJson } from './json-mutation.js';
export { treeOf } from './json-tree.js';
export type { JsonMember, JsonTree } from './json-tree.js';
export { damaged, wireInputs } from './wire-input.js';
export type { Ending, WireInput } from './wire-input.js';
