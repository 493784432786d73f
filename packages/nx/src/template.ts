/** Templates are working code of an endpoint with a name of its own, which gives way to the name that was asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GeneratedName } from './generated-name.js';
import { GeneratorError } from './generator.error.js';

/** A file to be generated. */
export interface GeneratedFile {
  /** Relative to the folder that is generated, with slashes. */
  readonly path: string;
  readonly content: string;
}

const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url));

/**
 * All files of a template.
 *
 * @param folder below `templates/`.
 * @param placeholder the name that the template has; in its files it means nothing else.
 * @throws GeneratorError if the name would give something the name of what the code imports.
 */
export function renderTemplate(
  folder: string,
  placeholder: GeneratedName,
  name: GeneratedName,
): readonly GeneratedFile[] {
  const root = join(TEMPLATES, folder);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: relative(root, path).replaceAll(sep, '/'),
      content: readFileSync(path, 'utf8'),
    }));
  const code = files.filter(({ path }) => path.endsWith('.ts')).map(({ content }) => content);
  refuseClash(code.join('\n'), placeholder, name);
  return files
    .map(({ path, content }) => ({
      path: rename(path, placeholder, name),
      content: rename(content, placeholder, name),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function rename(text: string, from: GeneratedName, to: GeneratedName): string {
  return text
    .replaceAll(from.pascal, to.pascal)
    .replaceAll(from.constant, to.constant)
    .replace(new RegExp(`${from.kebab}(?=[A-Z])`, 'g'), to.camel)
    .replaceAll(from.kebab, to.kebab);
}

/** A gateway that is called `chain` would be a second `ChainGateway`. */
function refuseClash(code: string, placeholder: GeneratedName, name: GeneratedName): void {
  const imports = Array.from(
    code.matchAll(/^import (?:type )?\{([^}]*)\} from '[^.]/gm),
    ([, names]) =>
      Array.from(names?.matchAll(/(?:type )?(\w+)/g) ?? [], ([, imported]) => imported),
  ).flat();
  const declared = Array.from(code.matchAll(/\w+/g), ([word]) => word)
    .filter((word) => word.includes(placeholder.pascal))
    .map((word) => rename(word, placeholder, name));
  const clash = declared.find((word) => imports.includes(word));
  if (clash !== undefined) {
    throw new GeneratorError(`'${name.kebab}' would declare ${clash}, which the code imports`);
  }
}
