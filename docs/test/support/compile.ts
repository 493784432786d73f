import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../site/repository.js';
import type { Snippet } from './snippets.js';

const FOLDER = join(root, 'docs/snippets-in-memory');

/** As readers compile: against what packages publish, not against their sources. */
function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), (file) =>
    ts.sys.readFile(file),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  return {
    ...options,
    composite: false,
    customConditions: [],
    noEmit: true,
    noUnusedLocals: false,
    sourceMap: false,
    declaration: false,
    declarationMap: false,
    inlineSources: false,
  };
}

/** What the compiler says of each snippet, with its place in the document. */
export function faultsOf(snippets: readonly Snippet[]): string[] {
  // Two snippets that declare the same event must not meet.
  const apart = snippets.filter(({ code, given }) => /\bdeclare module\b/.test(given + code));
  const together = snippets.filter((snippet) => !apart.includes(snippet));
  const options = compilerOptions();
  const read = new Map<string, ts.SourceFile | undefined>();
  return [together, ...apart.map((snippet) => [snippet])].flatMap((group) =>
    compile(group, options, read),
  );
}

function compile(
  snippets: readonly Snippet[],
  options: ts.CompilerOptions,
  read: Map<string, ts.SourceFile | undefined>,
): string[] {
  const files = new Map(snippets.map((snippet, at) => [join(FOLDER, `${at}/block.ts`), snippet]));
  const texts = new Map(
    [...files].flatMap(([file, snippet]) => [
      [file, textOf(snippet)] as const,
      ...readersFiles(textOf(snippet)).map(([name, text]) => [join(file, name), text] as const),
    ]),
  );
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  const existsOnDisk = host.fileExists.bind(host);
  host.fileExists = (file) => texts.has(file) || existsOnDisk(file);
  host.directoryExists = (folder) => folder.startsWith(FOLDER) || ts.sys.directoryExists(folder);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, version);
    if (!read.has(file)) read.set(file, fromDisk(file, version, ...rest));
    return read.get(file);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([file, snippet]) => {
    const source = program.getSourceFile(file);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return found.map((diagnostic) => tell(diagnostic, snippet));
  });
}

/** Files that a block imports by `./name.js`, with the names that it takes from them. */
function readersFiles(text: string): [path: string, text: string][] {
  const imports = [...text.matchAll(/import\s+(?:type\s+)?{([^}]*)}\s+from '(\.\/[^']+)\.js'/g)];
  return imports.map(([, names = '', path = '']) => {
    const declared = names
      .split(',')
      .map((name) => name.replace(/\btype\b|\bas\b.*/g, '').trim())
      .filter((name) => name !== '')
      .map((name) => `export declare const ${name}: any;\nexport type ${name} = any;\n`);
    return [`../${path}.ts`, declared.join('')];
  });
}

const textOf = ({ given, code }: Snippet): string => `${given}${code}\nexport {};\n`;

function tell(
  { start = 0, messageText, file }: ts.Diagnostic,
  { file: document, line, given }: Snippet,
): string {
  const at = file?.getLineAndCharacterOfPosition(start).line ?? 0;
  const place = line + at - (given.split('\n').length - 1);
  return `${document}:${place} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

/** Faults of syntax of a part of a program: statements, members of a class, or elements of a list. */
export function syntaxFaultsOf({ file, line, code }: Snippet): string[] {
  const readings = [code, `class Part {\n${code}\n}`, `[\n${code}\n]`];
  const isRead = readings.some((text) => {
    const { diagnostics = [] } = ts.transpileModule(text, {
      reportDiagnostics: true,
      compilerOptions: { target: ts.ScriptTarget.ES2023, experimentalDecorators: true },
    });
    return diagnostics.length === 0;
  });
  return isRead ? [] : [`${file}:${line} is no TypeScript`];
}
