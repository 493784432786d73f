/** Peers that are programs of their own: measured where they are installed. */
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How to get each. */
export const PROGRAMS = {
  bun: 'npm install --no-save --ignore-scripts bun',
  'nats-server': 'apt-get install nats-server',
  mosquitto: 'apt-get install mosquitto',
} as const;

export type Program = keyof typeof PROGRAMS;

/** Where Debian puts servers, which is not in everybody's path. */
const EXTRA_FOLDERS = ['/usr/sbin'];

/** @returns its path, or undefined if it is not installed. */
export function findProgram(name: Program): string | undefined {
  // What npm puts into the path is a text that asks for the install script.
  const first = name === 'bun' ? bunFolders() : [];
  const folders = [...first, ...(process.env.PATH ?? '').split(delimiter), ...EXTRA_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** The npm package `bun` has one with the program for each platform; its install script only makes a link. */
function bunFolders(): string[] {
  const scope = fileURLToPath(new URL('../../../../node_modules/@oven', import.meta.url));
  try {
    return readdirSync(scope).map((name) => join(scope, name, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
