/** Checks what types cannot say, before anything is built on it. */
import { isStandardCloseCode } from '../connection/inbound-frames.js';
import { clientAddress } from '../upgrade/client-address.js';
import { PathPattern } from '../upgrade/path-pattern.js';
import type { ChainGatewayOptions, CloseFrame } from './chain-gateway.options.js';
import type { HeartbeatOptions } from './heartbeat.options.js';
import type { SluiceLimits } from './limits.js';
import { tlsFaults } from './listener-tls.js';
import type { OperatorOptions } from './operator.options.js';
import { OptionsError } from './options.error.js';
import type { SluiceOptions } from './sluice.options.js';

/** Longest time a timer can wait, milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/** What TCP keep-alive can be set to, milliseconds: seconds, and on Linux not any number of them. */
const KEEP_ALIVE_MS = [1000, 32_767_000] as const;

/** @throws OptionsError with all faults. */
export function checkModuleOptions(options: SluiceOptions): SluiceOptions {
  const faults = [
    ...limitFaults(options.limits),
    ...heartbeatFaults(options.heartbeat),
    ...(options.trustedProxies ?? []).flatMap(proxyFaults),
    ...roleFaults(options),
    ...operatorFaults(options.operators),
  ];
  if (faults.length > 0) throw new OptionsError('SluiceModule', faults);
  return options;
}

/**
 * @param gateway name of the class, for the message.
 * @throws OptionsError with all faults.
 */
export function checkGatewayOptions(gateway: string, options: ChainGatewayOptions): void {
  const paths = [options.path].flat();
  const faults = [
    ...(paths.length === 0 ? ['path: there is none'] : paths.flatMap(pathFaults)),
    ...portFaults(options.port),
    ...tlsFaults(options.tls),
    ...(options.tls !== undefined && (options.port ?? 0) === 0
      ? ["tls: only for a port of its own; the application's has Nest's `httpsOptions`"]
      : []),
    ...limitFaults(options.limits),
    ...heartbeatFaults(options.heartbeat),
    ...closeFaults('shutdown', options.shutdown),
    ...limitReactionFaults(options),
  ];
  if (faults.length > 0) throw new OptionsError(gateway, faults);
}

function operatorFaults({ port, tls }: Partial<OperatorOptions> = {}): string[] {
  const faults = [...portFaults(port), ...tlsFaults(tls)];
  if (port === 0) faults.push("port: 0 is the application's; 'free' takes any");
  return faults.map((fault) => `operators.${fault}`);
}

function roleFaults({ role = 'writer', log, fanOut }: SluiceOptions): string[] {
  if (!['writer', 'gateway'].includes(role)) return [`role: there is no role ${role}`];
  if (role === 'writer' || log?.follow !== undefined) return [];
  if (log === undefined && fanOut !== undefined) return [];
  return ["role: a gateway needs a `log` that several processes share, such as jetstreamLog()'s"];
}

function limitFaults({ keepAliveMs = Infinity, ...limits }: SluiceLimits = {}): string[] {
  return [
    ...Object.entries(limits).flatMap(([name, value]) => numberFault(`limits.${name}`, value)),
    ...keepAliveFaults(keepAliveMs),
  ];
}

function keepAliveFaults(ms: number): string[] {
  const [least, most] = KEEP_ALIVE_MS;
  if (ms === Infinity || (Number.isInteger(ms) && ms >= least && ms <= most)) return [];
  const range = `${String(least)} to ${String(most)}`;
  return [`limits.keepAliveMs: ${String(ms)} is no whole number from ${range}, nor Infinity`];
}

function heartbeatFaults(heartbeat: HeartbeatOptions | false = {}): string[] {
  if (heartbeat === false) return [];
  const { frame = 'ping', ...times } = heartbeat;
  const faults = Object.entries(times).flatMap(([name, value]) =>
    numberFault(`heartbeat.${name}`, value),
  );
  if (!['ping', 'pong'].includes(frame)) faults.push(`heartbeat.frame: ${frame} is no such frame`);
  return faults;
}

/** Numbers and bytes may be `Infinity`; times may not. */
function numberFault(name: string, value: unknown): string[] {
  const isTime = name.endsWith('Ms');
  const most = isTime ? LONGEST_MS : Infinity;
  const whole = Number.isInteger(value) || value === Infinity;
  if (whole && (value as number) >= 1 && (value as number) <= most) return [];
  return [
    `${name}: ${String(value)} is no whole number from 1${isTime ? ` to ${String(most)}` : ''}`,
  ];
}

function portFaults(port: ChainGatewayOptions['port'] = 0): string[] {
  if (port === 'free' || (Number.isInteger(port) && port >= 0 && port <= 0xffff)) return [];
  return [`port: ${String(port)} is no port`];
}

/** @param name of the option that is or has the Close frame. */
function closeFaults(name: string, { code = 1000 }: CloseFrame = {}): string[] {
  return isStandardCloseCode(code)
    ? []
    : [`${name}.code: ${String(code)} is no code a server may send`];
}

function limitReactionFaults({ atLimit = 'refuse', port = 0 }: ChainGatewayOptions): string[] {
  if (typeof atLimit === 'object') return closeFaults('atLimit', atLimit);
  return atLimit === 'drop' && port === 0
    ? ['atLimit: only a port of its own can drop connections']
    : [];
}

function pathFaults(path: string): string[] {
  const matching = { leaf: false, caseSensitive: true, trailingSlash: true };
  return faultOf(`path`, () => new PathPattern(path, matching));
}

function proxyFaults(proxy: string): string[] {
  return faultOf('trustedProxies', () => clientAddress([proxy]));
}

function faultOf(name: string, attempt: () => unknown): string[] {
  try {
    attempt();
    return [];
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
