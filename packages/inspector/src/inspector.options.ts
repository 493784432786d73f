import type { InspectorGuard } from './access/inspector-guard.js';
import { OptionsError } from '@sluice/nestjs';
import type { CommandForm, InspectorPanel } from './inspector.panel.js';

/** Options of `InspectorModule.forRoot()` and `forRootAsync()`. */
export interface InspectorOptions {
  /** Where the page is, below the application's global prefix; default `/inspector`. */
  readonly path?: string;
  /**
   * Who may look and act. Without one, only requests from this machine are answered, and nothing at all where `NODE_ENV`
   * is `production`.
   */
  readonly guard?: InspectorGuard;
  /**
   * Names of this server, without ports, that requests may have in `Host`; others get 403, so that no foreign page can
   * reach the inspector under a name of its own. Default: names of this machine (`localhost`, `127.0.0.1`, `::1`), with a
   * guard any name.
   */
  readonly hosts?: readonly string[];
  /** What the application adds to the page, such as buttons that drive its chain. Default none. */
  readonly panels?: readonly InspectorPanel[];
  /**
   * Ready-made messages of the console by the class name of a gateway. Default for each: the examples of what it receives, in
   * its option `contract`, and the names of its commands.
   */
  readonly forms?: Readonly<Record<string, readonly CommandForm[]>>;
  /** Pages that may follow figures or events at the same time; default 8. More get 503. */
  readonly watchers?: number;
  /** Milliseconds between two samples of the figures, while somebody looks; default 1000, at least 100. */
  readonly sampleMs?: number;
  /** Samples that are kept for pages that are opened later; default 300. */
  readonly history?: number;
  /** Events that a page is shown in a second; the others are counted. Default 50. */
  readonly eventsPerSecond?: number;
}

/** {@link InspectorOptions} with its defaults. */
export type InspectorSettings = Required<Omit<InspectorOptions, 'guard' | 'hosts'>> &
  Pick<InspectorOptions, 'guard' | 'hosts'>;

export const DEFAULT_INSPECTOR = {
  path: '/inspector',
  watchers: 8,
  sampleMs: 1000,
  history: 300,
  eventsPerSecond: 50,
} as const;

const PATH = /^(?:\/[A-Za-z0-9_-]+)+$/;

/** @throws OptionsError naming every option that cannot be used. */
export function inspectorSettings(options: InspectorOptions): InspectorSettings {
  const settings = { ...DEFAULT_INSPECTOR, panels: [], forms: {}, ...options };
  const faults = [
    ...(PATH.test(settings.path)
      ? []
      : ['path must be segments of letters and digits, as /inspector']),
    ...(['watchers', 'history', 'eventsPerSecond'] as const).flatMap((name) =>
      isWhole(settings[name], 1) ? [] : [`${name} must be a whole number from 1`],
    ),
    ...(isWhole(settings.sampleMs, 100) ? [] : ['sampleMs must be a whole number from 100']),
  ];
  if (faults.length > 0) throw new OptionsError('Inspector', faults);
  return settings;
}

function isWhole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
