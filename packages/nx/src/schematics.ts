/** What `nest g -c @sluice/nx …` and `schematics @sluice/nx:…` run. */
import { generateDialect, type DialectOptions } from './dialect.generator.js';
import { schematicTree, type FileTree, type SchematicTree } from './file-tree.js';
import { generateGateway, type GatewayOptions } from './gateway.generator.js';
import { nextSteps } from './next-steps.js';
import type { Generated } from './write-generated.js';

/** What is used of the Angular devkit's context. */
export interface SchematicContext {
  readonly logger: { info(message: string): void };
}

/** A rule of the Angular devkit. */
export type Schematic = (tree: SchematicTree, context: SchematicContext) => void;

export function gatewaySchematic(options: GatewayOptions): Schematic {
  return schematic((tree) => generateGateway(tree, options));
}

export function dialectSchematic(options: DialectOptions): Schematic {
  return schematic((tree) => generateDialect(tree, options));
}

function schematic(generate: (tree: FileTree) => Generated): Schematic {
  return (tree, { logger }) => {
    for (const step of nextSteps(generate(schematicTree(tree)))) logger.info(step);
  };
}
