import { generateGateway, type FileTree } from '../src/index.js';

const files = new Map<string, Buffer>();
const tree: FileTree = {
  exists: (path) => files.has(path),
  read: (path) => files.get(path) ?? null,
  write: (path, content) => void files.set(path, Buffer.from(content)),
};
export const generated = generateGateway(tree, { name: 'quotes', path: 'apps/api/src' });
