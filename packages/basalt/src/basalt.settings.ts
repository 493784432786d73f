/** Options with everything filled in and checked. */
import { OptionsError, type ListenerTls } from '@sluice/nestjs';
import type { BasaltFollowOptions, BasaltMode, BasaltOptions } from './basalt.options.js';

/** What {@link BasaltOptions} come to. */
export interface BasaltSettings extends Required<
  Omit<BasaltOptions, 'mode' | 'syncSource' | 'follow' | 'requestBudget' | 'address' | 'tls'>
> {
  readonly address: string | readonly string[] | undefined;
  readonly tls: ListenerTls | undefined;
  /** Whether another node is followed. */
  readonly isRpc: boolean;
  /** Base URLs without a slash at the end; empty unless another node is followed. */
  readonly sources: readonly string[];
  readonly follow: Required<BasaltFollowOptions>;
  /** Requests per minute; undefined: no limit. */
  readonly requestBudget: number | undefined;
}

const MODES: readonly BasaltMode[] = ['auto', 'standalone', 'validator', 'rpc'];

/** Networks on which nobody may open CORS: main and test. */
const GUARDED_CHAINS = [1, 2];

/** @throws OptionsError with all faults, naming the environment variables that stand for the options. */
export function basaltSettings(options: BasaltOptions): BasaltSettings {
  const { compat = 'published', chainId = 31_337, debug = false } = options;
  const mode = String(options.mode ?? 'auto').toLowerCase() as BasaltMode;
  const isRpc = mode === 'rpc';
  const given = [options.syncSource ?? []].flat().filter((source) => source !== '');
  const faults: string[] = [];
  if (!MODES.includes(mode)) {
    faults.push(`mode (BASALT_MODE): '${mode}' is none of ${MODES.join(', ')}`);
  }
  if (isRpc && given.length === 0) {
    faults.push('syncSource (BASALT_SYNC_SOURCE): mode rpc needs the base URL of a node to follow');
  }
  for (const source of isRpc ? given : []) {
    if (!isBaseUrl(source)) {
      faults.push(
        `syncSource (BASALT_SYNC_SOURCE): '${source}' is no http URL without user and query`,
      );
    }
  }
  if (debug && GUARDED_CHAINS.includes(chainId)) {
    faults.push(`debug (BASALT_DEBUG): not on chain ${chainId}`);
  }
  faults.push(...numberFaults(options));
  if (faults.length > 0) throw new OptionsError('BasaltModule', faults);
  const { limits = {}, address = 'localhost' } = options;
  return {
    port: options.port ?? 5000,
    address: address === '*' ? undefined : address,
    tls: options.tls,
    compat,
    isRpc,
    sources: isRpc ? given.map((source) => source.replace(/\/+$/, '')) : [],
    follow: {
      by: compat === 'published' ? 'stream' : 'poll',
      announce: compat === 'published' ? 'every-block' : 'latest-only',
      window: 1000,
      blockTimeMs: 2000,
      pauseMs: 500,
      timeoutMs: 30_000,
      gapMs: 2000,
      retryMs: [1000, 30_000],
      ...options.follow,
    },
    chainId,
    debug,
    requestBudget: budget(options.requestBudget ?? false, isRpc),
    limits: { connections: 1000, connectionsPerAddress: Infinity, ...limits },
  };
}

function budget(option: boolean | number, isRpc: boolean): number | undefined {
  if (typeof option === 'number') return option;
  if (!option) return undefined;
  return isRpc ? 1000 : 100;
}

function numberFaults(options: BasaltOptions): string[] {
  const { chainId, requestBudget, follow = {} } = options;
  const { window, blockTimeMs, pauseMs, timeoutMs, gapMs, retryMs = [] } = follow;
  const numbers = {
    chainId,
    requestBudget: typeof requestBudget === 'number' ? requestBudget : undefined,
    'follow.window': window,
    'follow.blockTimeMs': blockTimeMs,
    'follow.pauseMs': pauseMs,
    'follow.timeoutMs': timeoutMs,
    'follow.gapMs': gapMs,
    'follow.retryMs[0]': retryMs[0],
    'follow.retryMs[1]': retryMs[1],
  };
  const [first = 0, most = first] = retryMs;
  const order = first > most ? [`follow.retryMs: ${first} is more than ${most}`] : [];
  const faults = Object.entries(numbers).flatMap(([name, value]) =>
    value === undefined || (Number.isSafeInteger(value) && value >= 1)
      ? []
      : [`${name}: ${value} is no whole number from 1`],
  );
  return [...faults, ...order];
}

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + search + hash === '';
}
