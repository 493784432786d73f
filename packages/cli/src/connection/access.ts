/** What a server wants of a client before it answers: headers, and TLS. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Arguments } from '../arguments/arguments.js';
import type { Option } from '../arguments/option.js';
import { UsageError } from '../arguments/usage-error.js';

/** TLS as Node's clients take it. */
export interface ClientTls {
  /** False: a certificate that nobody vouches for is good enough. */
  readonly rejectUnauthorized: boolean;
  /** Authorities to trust instead of the public ones, PEM. */
  readonly ca?: Buffer;
  /** What the client shows, PEM. */
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

export interface Access {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: ClientTls;
}

export const ACCESS_OPTIONS: readonly Option[] = [
  {
    name: 'header',
    value: "'NAME: VALUE'",
    multiple: true,
    help: 'send this header with the upgrade; @FILE reads headers from a file,\none a line, which keeps secrets out of the list of processes',
  },
  { name: 'ca', value: 'FILE', help: 'trust the authorities in this PEM file, and no others' },
  { name: 'cert', value: 'FILE', help: 'show this certificate (PEM), for mutual TLS; with --key' },
  { name: 'key', value: 'FILE', help: 'its private key (PEM)' },
  { name: 'insecure', help: 'accept any TLS certificate' },
];

/** @throws UsageError if a file cannot be read, or the options do not go together. */
export function readAccess(args: Arguments): Access {
  return { headers: readHeaders(args.list('header')), tls: readTls(args) };
}

function readTls(args: Arguments): ClientTls {
  const isInsecure = args.flag('insecure');
  const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => pemFile(args, name));
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError('--cert and --key belong together');
  }
  if (isInsecure && ca !== undefined)
    throw new UsageError('--insecure and --ca exclude each other');
  const tls = {
    rejectUnauthorized: !isInsecure,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
  try {
    createSecureContext(tls);
  } catch (cause) {
    const what = ca === undefined ? '--cert or --key' : '--ca, --cert or --key';
    throw new UsageError(`${what} is of no use: ${(cause as Error).message}`, { cause });
  }
  return tls;
}

function pemFile(args: Arguments, name: string): Buffer | undefined {
  const path = args.text(name);
  if (path === undefined) return undefined;
  const content = read(`--${name}`, path);
  if (!content.includes('-----BEGIN ')) throw new UsageError(`--${name}: ${path} is no PEM file`);
  return content;
}

function readHeaders(given: readonly string[]): Readonly<Record<string, string>> {
  const lines = given.flatMap((text) => (text.startsWith('@') ? headerFile(text.slice(1)) : text));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*([^\r\n]*?)\s*$/.exec(line) ?? [];
      // The value may be a secret, so the message does not show it.
      if (name === undefined) throw new UsageError("a --header must be like 'Name: value'");
      return [name, value ?? ''];
    }),
  );
}

function headerFile(path: string): readonly string[] {
  const lines = read('--header', path).toString().split(/\r?\n/);
  return lines.filter((line) => line.trim() !== '');
}

function read(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new UsageError(`${option}: ${(cause as Error).message}`, { cause });
  }
}
