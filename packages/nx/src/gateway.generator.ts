import type { FileTree } from './file-tree.js';
import { generatedName } from './generated-name.js';
import { GeneratorError } from './generator.error.js';
import { targetOf, type GeneratorOptions } from './generator.options.js';
import { renderTemplate } from './template.js';
import { writeGenerated, type Generated } from './write-generated.js';

/** Options of the gateway's generator. */
export interface GatewayOptions extends GeneratorOptions {
  /** Path of the endpoint, such as `/v1/quotes`; default: the name. */
  readonly route?: string;
}

const TEMPLATE = generatedName('readings', 'gateway');

/**
 * Generates a gateway with a topic, a filter, flow control and a command with a DTO, its module, and its test.
 *
 * @throws GeneratorError if an option cannot be used, or a file is there already; nothing is written then.
 */
export function generateGateway(tree: FileTree, options: GatewayOptions): Generated {
  const target = targetOf(options, 'src');
  const name = generatedName(target.name, 'gateway');
  const route = options.route ?? `/${name.kebab}`;
  if (!/^\/[\w\-./:]*$/.test(route)) throw new GeneratorError(`'${route}' is no path of a URL`);
  const folder = [target.folder, options.flat === true ? '' : name.kebab].filter(Boolean).join('/');
  const files = renderTemplate('gateway', TEMPLATE, name).map(({ path, content }) => ({
    path,
    content: content
      .replace(`path: '/${name.kebab}'`, `path: '${route}'`)
      .replace(`'ws')}/${name.kebab}\``, `'ws')}${route}\``),
  }));
  return writeGenerated(tree, folder, files, options);
}
