import { readFile, readdir } from 'node:fs/promises';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Next to `src` and to `dist`: the page's modules are what the browser gets, nothing is built. */
const FOLDER = new URL('../../page/', import.meta.url);

/** All files of the page by their path, read once: a request names one of them or nothing. */
export async function readPage(folder = FOLDER): Promise<ReadonlyMap<string, PageFile>> {
  const names = await readdir(folder, { recursive: true });
  const files = names.flatMap((name) => {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
    return type === undefined ? [] : [{ path: name.replaceAll('\\', '/'), type }];
  });
  return new Map(
    await Promise.all(
      files.map(async ({ path, type }): Promise<[string, PageFile]> => [
        path,
        { type, body: await readFile(new URL(path, folder)) },
      ]),
    ),
  );
}
