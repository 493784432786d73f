import { join } from 'node:path';
import { importFrom } from './project-packages.js';

/** As much of `@asyncapi/parser` as is used. */
interface ParserPackage {
  readonly Parser: new () => {
    parse(text: string): Promise<{ readonly diagnostics: readonly Diagnostic[] }>;
  };
}

interface Diagnostic {
  readonly severity: number;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

const ERROR = 0;

/**
 * What `@asyncapi/parser` of the current project finds wrong about a document, one line each.
 *
 * @throws CommandError if the project does not have it.
 */
export async function validate(text: string): Promise<readonly string[]> {
  const from = join(process.cwd(), 'package.json');
  const { Parser } = await importFrom<ParserPackage>(from, '@asyncapi/parser');
  const { diagnostics } = await new Parser().parse(text);
  return diagnostics
    .filter(({ severity }) => severity === ERROR)
    .map(({ message, path }) => `${path.join('.')}: ${message}`);
}
