import { writeFile } from 'node:fs/promises';
import { CommandError, FAULT, SUCCESS, type Command } from '../commands/command.js';
import { CONNECTION_OPTIONS } from '../connection/target.js';
import { documentOfModule } from './document-of-module.js';
import { fetchDocument } from './fetch-document.js';
import { validate } from './validate.js';

/** `sluice asyncapi`. */
export const asyncapiCommand: Command = {
  name: 'asyncapi',
  summary: 'Print the AsyncAPI 3 document of a running application, or of a Nest module',
  operands: [
    {
      name: 'URL',
      help: 'application with an AsyncApiModule, http://host/asyncapi unless it has another path;\nor a compiled module: ./dist/app.module.js#AppModule',
    },
  ],
  options: [
    { name: 'yaml', help: 'YAML instead of JSON' },
    { name: 'out', value: 'FILE', help: 'write the document there' },
    {
      name: 'validate',
      help: 'check it with @asyncapi/parser of your project; faults: exit code 1',
    },
    { name: 'title', value: 'TEXT', help: 'of a module: title of its API' },
    { name: 'api-version', value: 'TEXT', help: 'of a module: version of its API' },
    { name: 'host', value: 'NAME', help: 'of a module: what clients know the server by' },
    ...CONNECTION_OPTIONS,
  ],
  details:
    'A module is loaded with the @nestjs/core and @sluice/asyncapi of the project that it is in; its application is\n' +
    'initialised but listens only on the ports that gateways have of their own, and is closed again.',
  async run({ args, terminal, signal }) {
    const source = args.operand('URL');
    const isYaml = args.flag('yaml');
    const text = /^(https?|wss?):\/\//i.test(source)
      ? await fetchDocument(args, isYaml, signal)
      : await documentOfModule(source, isYaml, {
          ...given('title', args.text('title')),
          ...given('version', args.text('api-version')),
          ...given('host', args.text('host')),
        });
    const file = args.text('out');
    if (file === undefined) terminal.stdout.write(`${text.trimEnd()}\n`);
    else await write(file, text);
    if (!args.flag('validate')) return SUCCESS;
    const faults = await validate(text);
    for (const fault of faults) terminal.stderr.write(`${fault}\n`);
    terminal.stderr.write(
      `# ${faults.length === 0 ? 'valid' : `${String(faults.length)} faults`}\n`,
    );
    return faults.length === 0 ? SUCCESS : FAULT;
  },
};

function given(name: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [name]: value };
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, `${text.trimEnd()}\n`).catch((cause: unknown) => {
    throw new CommandError(`cannot write ${file}: ${(cause as Error).message}`, { cause });
  });
}
