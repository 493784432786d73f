/** Where to connect, and how: the options that every command with a URL has. */
import type { Arguments } from '../arguments/arguments.js';
import type { Option } from '../arguments/option.js';
import { UsageError } from '../arguments/usage-error.js';
import { ACCESS_OPTIONS, readAccess, type Access } from './access.js';
import { clientDialect, DIALECT_NAMES, guessDialect } from '../dialects/client-dialects.js';
import type { ClientDialect } from '../dialects/client-dialect.js';

/** What {@link connect} needs. */
export interface Target extends Access {
  readonly url: URL;
  /** Time for TCP, TLS and the upgrade, milliseconds. */
  readonly timeoutMs: number;
}

/** A target, and the protocol that is spoken there. */
export interface DialectTarget extends Target {
  readonly dialect: ClientDialect;
}

export const CONNECTION_OPTIONS: readonly Option[] = [
  ...ACCESS_OPTIONS,
  { name: 'timeout', value: 'TIME', fallback: '10s', help: 'time to connect in' },
];

export const DIALECT_OPTION: Option = {
  name: 'dialect',
  value: 'NAME',
  help: `protocol: ${DIALECT_NAMES.join(', ')};\nguessed from the path or the port of the URL where these are clear`,
};

/** Reads `URL`, `--dialect` and the options of the connection. @throws UsageError */
export function dialectTarget(args: Arguments): DialectTarget {
  const target = readTarget(args);
  const name = args.choice('dialect', DIALECT_NAMES) ?? guessDialect(target.url);
  if (name === undefined) {
    throw new UsageError(
      `the URL does not tell the protocol; say --dialect ${DIALECT_NAMES.join('|')}`,
    );
  }
  const dialect = clientDialect(name);
  if (target.url.pathname === '/') target.url.pathname = dialect.path;
  return { ...target, dialect };
}

/** Reads `URL` and the options of the connection. @throws UsageError */
export function readTarget(args: Arguments): Target {
  return {
    url: parseUrl(args.operand('URL')),
    ...readAccess(args),
    timeoutMs: args.duration('timeout') ?? 10_000,
  };
}

/** `ws`, `wss`, `http` or `https`, or nothing, which is `ws`. @throws UsageError */
export function parseUrl(text: string): URL {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `ws://${text}`;
  const url = URL.canParse(full.replace(/^http/i, 'ws'))
    ? new URL(full.replace(/^http/i, 'ws'))
    : undefined;
  if (url === undefined || !['ws:', 'wss:'].includes(url.protocol)) {
    throw new UsageError(`'${text}' is not a URL such as ws://127.0.0.1:8080/path`);
  }
  url.hash = '';
  return url;
}
