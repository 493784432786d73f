import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { CommandError } from '../commands/command.js';

/**
 * Loads a package as the code in a file would, so that both have the same one.
 *
 * @param from path of that file.
 * @throws CommandError that tells how to install a package that is not there.
 */
export async function importFrom<T>(from: string, name: string): Promise<T> {
  let path: string;
  try {
    path = createRequire(from).resolve(name);
  } catch (cause) {
    throw new CommandError(`${name} is missing in the project of ${from}; npm install ${name}`, {
      cause,
    });
  }
  return (await import(pathToFileURL(path).href)) as T;
}
