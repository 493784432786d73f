import { TestClient } from '@sluice/testing';
import type { Compat, ConformanceCheck, Dialect } from '../check.js';
import { SkipCheck } from '../judging/outcomes.js';
import { conformanceSuite } from '../suites/suites.js';
import { CheckContext, mismatchOf, type ClientAccess, type RunState } from './check-context.js';
import { controlDriver, type ConformanceDriver } from './driver.js';
import type { CheckResult, ConformanceReport } from './report.js';
import { resolveHttp, resolveTarget, type Target } from './target.js';

/** What is judged, and how. */
export interface ConformanceOptions {
  readonly dialect: Dialect;
  /**
   * `ws`, `wss`, `http` or `https`. Without a path it means the one that the dialect's nodes use. For Hathor: one of the
   * three sockets, or what stands before them (`http://node:8080/v1a/`) for all three.
   */
  readonly url: string | URL;
  /** What makes things happen: control endpoints such as the sample's, or a driver of your own. Default: nothing does. */
  readonly control?: string | URL | ConformanceDriver;
  /**
   * The node's HTTP interface, where that is not on the port of `url`. Default, for BigchainDB: port 9984 of the same
   * host if the stream is on 9985.
   */
  readonly http?: string | URL;
  /** Sent with every request, beside what a check sends. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** TLS of `wss` and `https`: whom to trust, and what to show. Default: Node's. */
  readonly tls?: ClientAccess['tls'];
  /** Default: what holds under one reading only is judged as far as the server's reading can be seen. */
  readonly compat?: Compat;
  /**
   * Only checks whose section, endpoint or title contains one of these: `§7.3` (not `§7.30`), `event_ws`, `reorg`.
   * Default: all.
   */
  readonly only?: readonly string[];
  /** Runs the checks that need `stress`, too. Default: `false`. */
  readonly stress?: boolean;
  /** Limit of every wait for an answer, milliseconds. Default: 5000. */
  readonly timeoutMs?: number;
  /** How long to wait for something that happens by itself, milliseconds. Default: 30 000. */
  readonly activityMs?: number;
  /** Limit of the whole run, milliseconds; what has not run by then is skipped. Default: 600 000. */
  readonly limitMs?: number;
  /** Ends the run before the next check; what has not run is skipped. */
  readonly signal?: AbortSignal;
  /** Called with each result as soon as there is one. */
  readonly onResult?: (result: CheckResult) => void;
}

/** A check takes several waits; one that takes longer than this many of them hangs. */
const WAITS_PER_CHECK = 6;

/** Connections and frames of checks that need `stress` take their time. */
const STRESS_MS = 60_000;

/**
 * Runs a dialect's checks against a server, one after the other.
 * @throws TypeError if the URL is none.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { dialect, compat, control, headers, tls } = options;
  const started = performance.now();
  const target = resolveTarget(dialect, options.url);
  const driver =
    typeof control === 'string' || control instanceof URL
      ? controlDriver(control, dialect)
      : control;
  const state: RunState = {
    access: { ...(headers !== undefined && { headers }), ...(tls !== undefined && { tls }) },
    compat,
    driver,
    http: resolveHttp(dialect, target, options.http),
    timeoutMs: options.timeoutMs ?? 5000,
    activityMs: options.activityMs ?? 30_000,
    missed: new Set(),
  };
  const closed = await unreachable(target, state);
  const release = closed.size < target.size ? await driver?.hold?.() : undefined;
  const results: CheckResult[] = [];
  try {
    for (const check of closed.size < target.size ? selected(options, target) : []) {
      const endpoint = check.endpoint ?? '';
      const isLate = performance.now() - started > (options.limitMs ?? 600_000);
      const why = isLate
        ? 'the run’s time limit was reached'
        : options.signal?.aborted === true
          ? 'the run was ended'
          : closed.get(endpoint);
      const url = target.get(endpoint);
      if (url === undefined) continue;
      const result = await judge(check, url, state, why ?? unfit(check, options));
      results.push(result);
      options.onResult?.(result);
    }
  } finally {
    await release?.();
  }
  const count = (outcome: CheckResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  return {
    dialect,
    url: String(options.url),
    ...(compat !== undefined && { compat }),
    results,
    passed: count('pass'),
    failed: count('fail'),
    skipped: count('skipped'),
    ...(closed.size === target.size && { unreachable: [...closed.values()].join('; ') }),
    tookMs: Math.round(performance.now() - started),
  };
}

function selected({ dialect, only = [] }: ConformanceOptions, target: Target): ConformanceCheck[] {
  const wanted = only.map((part) => new RegExp(`${escaped(part)}(?!\\d)`, 'i'));
  return conformanceSuite(dialect).filter(({ ref, title, endpoint = '' }) => {
    const name = `${ref} ${endpoint} ${title}`;
    const isWanted = wanted.length === 0 || wanted.some((part) => part.test(name));
    return isWanted && target.has(endpoint);
  });
}

/** So that a regular expression finds the text itself. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Why a check does not fit the run. */
function unfit(
  { needs = [], compat }: ConformanceCheck,
  options: ConformanceOptions,
): string | undefined {
  if (needs.includes('stress') && options.stress !== true)
    return 'runs with the option stress only';
  if (needs.includes('driver') && options.control === undefined) return 'needs a driver';
  if (compat === undefined || compat === options.compat) return undefined;
  return `holds for compat ${compat} only`;
}

/** Why endpoints cannot be reached. */
async function unreachable(
  target: Target,
  { access, timeoutMs }: RunState,
): Promise<Map<string, string>> {
  const closed = new Map<string, string>();
  for (const [name, url] of target) {
    await TestClient.connect(url, { ...access, connectTimeoutMs: timeoutMs, timeoutMs }).then(
      (client) => client[Symbol.asyncDispose](),
      (error: unknown) => closed.set(name, (error as Error).message),
    );
  }
  return closed;
}

async function judge(
  check: ConformanceCheck,
  url: URL,
  state: RunState,
  why: string | undefined,
): Promise<CheckResult> {
  const { ref, title, endpoint } = check;
  const about = { ref, title, ...(endpoint !== undefined && { endpoint }) };
  if (why !== undefined) return { ...about, outcome: 'skipped', why, tookMs: 0 };
  const started = performance.now();
  const context = new CheckContext(url, state);
  const took = (): number => Math.round(performance.now() - started);
  try {
    await limited(check, context);
    return { ...about, outcome: 'pass', tookMs: took() };
  } catch (error) {
    if (error instanceof SkipCheck) {
      return { ...about, outcome: 'skipped', why: error.message, tookMs: took() };
    }
    const { expected, seen } = mismatchOf(error);
    const wire = context.record.lines;
    return { ...about, outcome: 'fail', expected, seen, wire, tookMs: took() };
  } finally {
    await context.end();
  }
}

/** A server that never stops sending must not hold a check for ever. */
async function limited(check: ConformanceCheck, context: CheckContext): Promise<void> {
  const { needs = [] } = check;
  const extra = needs.includes('stress') ? STRESS_MS : 0;
  const limitMs = context.timeoutMs * WAITS_PER_CHECK + context.activityMs + extra;
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`the check did not end within ${limitMs} ms`));
    }, limitMs);
  });
  const running = check.run(context);
  running.catch(() => undefined);
  try {
    await Promise.race([running, expired]);
  } finally {
    clearTimeout(timer);
  }
}
