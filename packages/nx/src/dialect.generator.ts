import { neededToRun, neededToTest } from './add-dependencies.js';
import type { FileTree } from './file-tree.js';
import { generatedName } from './generated-name.js';
import { GeneratorError } from './generator.error.js';
import { targetOf, type GeneratorOptions } from './generator.options.js';
import { renderTemplate, type GeneratedFile } from './template.js';
import { writeGenerated, type Generated } from './write-generated.js';

/** Options of the dialect's generator. */
export interface DialectOptions extends GeneratorOptions {
  /** npm name such as `@acme/kadena`: then a package is generated, otherwise a folder of the application. */
  readonly packageName?: string;
}

const TEMPLATE = generatedName('acme', 'dialect');
const DOCUMENT = 'PROTOCOL.md';

/**
 * Generates a dialect: module with `forRoot` and `forRootAsync`, gateway, wire formats, port, PROTOCOL.md, and tests.
 *
 * @throws GeneratorError if an option cannot be used, or a file is there already; nothing is written then.
 */
export function generateDialect(tree: FileTree, options: DialectOptions): Generated {
  const { packageName } = options;
  const target =
    packageName === undefined
      ? targetOf(options, 'src')
      : targetOf({ ...options, sourceRoot: '' }, 'packages');
  const name = generatedName(target.name, 'dialect');
  const folder = [target.folder, options.flat === true ? '' : name.kebab].filter(Boolean).join('/');
  const all = renderTemplate('dialect', TEMPLATE, name);
  const sources = all.filter(({ path }) => !path.startsWith('package/'));
  if (packageName === undefined) return writeGenerated(tree, folder, sources, options);
  if (!/^(@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*$/.test(packageName)) {
    throw new GeneratorError(`'${packageName}' is no name of a package`);
  }
  const files = [
    ...sources.map((file) => (file.path === DOCUMENT ? file : below('src', file))),
    ...all
      .filter(({ path }) => path.startsWith('package/'))
      .map(({ path, content }) => ({
        path: path.slice('package/'.length),
        content: content.replaceAll('PACKAGE_NAME', packageName),
      })),
    { path: 'package.json', content: manifestOf(packageName, name.pascal) },
  ];
  return writeGenerated(tree, folder, files, options);
}

function below(folder: string, { path, content }: GeneratedFile): GeneratedFile {
  return { path: `${folder}/${path}`, content };
}

/** Sluice and its peers are peers of a dialect, so that there is one copy of each in an application. */
function manifestOf(packageName: string, title: string): string {
  const { 'reflect-metadata': _loadedByTheApplication, ...peers } = neededToRun();
  const manifest = {
    name: packageName,
    version: '0.1.0',
    description: `The ${title} protocol for NestJS applications`,
    type: 'module',
    main: './dist/index.js',
    types: './dist/index.d.ts',
    exports: {
      './package.json': './package.json',
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    },
    files: ['dist', DOCUMENT],
    engines: { node: '>=20.19.0' },
    scripts: { build: 'tsc -p tsconfig.json' },
    peerDependencies: peers,
    devDependencies: neededToTest,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
