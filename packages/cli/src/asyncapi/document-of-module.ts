import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../arguments/usage-error.js';
import { CommandError } from '../commands/command.js';
import { importFrom } from './project-packages.js';

/** As much of `@nestjs/core` as is used. */
interface NestCore {
  readonly NestFactory: {
    create(module: unknown, options: object): Promise<Application>;
  };
}

interface Application {
  init(): Promise<unknown>;
  close(): Promise<void>;
}

/** As much of `@sluice/asyncapi` as is used. */
interface AsyncApi {
  readonly createAsyncApiDocument: (
    app: Application,
    options: Readonly<Record<string, string>>,
  ) => object;
  readonly toYaml: (document: object) => string;
}

/** Exported name of a module when none is given. */
const DEFAULT_EXPORT = 'AppModule';

/**
 * Starts the application of a compiled module for as long as it takes to describe it.
 *
 * @param source `FILE#EXPORT`; without an export `AppModule`, or else the default one.
 * @throws UsageError, CommandError if the file, the module or a package is not there, or the application does not start.
 */
export async function documentOfModule(
  source: string,
  isYaml: boolean,
  options: Readonly<Record<string, string>>,
): Promise<string> {
  const [name = '', exported] = source.split('#');
  const file = resolve(name);
  if (!existsSync(file)) throw new UsageError(`there is no file ${name}`);
  const { NestFactory } = await importFrom<NestCore>(file, '@nestjs/core');
  const { createAsyncApiDocument, toYaml } = await importFrom<AsyncApi>(file, '@sluice/asyncapi');
  // Compiled decorators need it; an application imports it in its main file, which is not loaded here.
  await importFrom(file, 'reflect-metadata');
  const module = await loadModule(file, exported);
  const app = await started(async () => {
    const created = await NestFactory.create(module, { logger: ['error'], abortOnError: false });
    await created.init();
    return created;
  });
  try {
    const document = createAsyncApiDocument(app, options);
    return isYaml ? toYaml(document) : JSON.stringify(document, null, 2);
  } finally {
    await app.close();
  }
}

async function loadModule(file: string, name: string | undefined): Promise<unknown> {
  const exports = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  const found = name === undefined ? (exports[DEFAULT_EXPORT] ?? exports.default) : exports[name];
  if (found !== undefined) return found;
  const wanted = name ?? DEFAULT_EXPORT;
  throw new UsageError(`${file} exports no ${wanted}, but ${Object.keys(exports).join(', ')}`);
}

async function started(start: () => Promise<Application>): Promise<Application> {
  try {
    return await start();
  } catch (cause) {
    throw new CommandError(`the application does not start: ${(cause as Error).message}`, {
      cause,
    });
  }
}
