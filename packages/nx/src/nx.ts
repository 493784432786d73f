/** What `nx g @sluice/nx:…` runs. */
import { generateDialect, type DialectOptions } from './dialect.generator.js';
import type { FileTree } from './file-tree.js';
import { generateGateway, type GatewayOptions } from './gateway.generator.js';
import { nextSteps } from './next-steps.js';

/** @returns what Nx calls when the files are written; in a dry run it does not. */
export function gatewayGenerator(tree: FileTree, options: GatewayOptions): () => void {
  return tell(nextSteps(generateGateway(tree, options)));
}

/** @returns what Nx calls when the files are written; in a dry run it does not. */
export function dialectGenerator(tree: FileTree, options: DialectOptions): () => void {
  return tell(nextSteps(generateDialect(tree, options)));
}

function tell(steps: readonly string[]): () => void {
  return () => {
    for (const step of steps) console.log(step);
  };
}
