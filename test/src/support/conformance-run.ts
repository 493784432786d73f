import {
  runConformance,
  type Compat,
  type ConformanceReport,
  type Dialect,
} from '@sluice/conformance';
import type { SampleProcess } from './sample-process.js';

/** Where a dialect of the sample is. */
export interface DialectPlace {
  readonly ws: string;
  readonly http: string;
  readonly control: string;
}

/** What a run is told beside the sample's URLs. */
export interface RunOptions {
  readonly compat?: Compat;
  readonly only?: readonly string[];
  /** In place of the sample's own. */
  readonly url?: string;
  readonly timeoutMs?: number;
  readonly driven?: boolean;
}

/** The part of the line that `--json` prints. */
export function placeOf(sample: SampleProcess, dialect: Dialect): DialectPlace {
  return sample.printed[dialect] as DialectPlace;
}

/** Judges a dialect of a sample, with its control endpoints as the driver. */
export function judge(
  sample: SampleProcess,
  dialect: Dialect,
  { url, driven = true, ...options }: RunOptions = {},
): Promise<ConformanceReport> {
  const { ws, http, control } = placeOf(sample, dialect);
  return runConformance({
    dialect,
    url: url ?? (dialect === 'hathor' ? http : ws),
    ...(dialect === 'bigchaindb' && { http }),
    ...(driven && { control }),
    ...options,
  });
}

/** The checks with this outcome, one line each. */
export function titles(report: ConformanceReport, outcome: 'fail' | 'skipped'): string[] {
  return report.results
    .filter((result) => result.outcome === outcome)
    .map(
      ({ ref, title, endpoint }) =>
        `${ref} ${endpoint === undefined ? '' : `${endpoint}: `}${title}`,
    );
}
