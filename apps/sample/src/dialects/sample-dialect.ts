import type { DynamicModule } from '@nestjs/common';
import type { SamplePlaces } from './sample-places.js';

/** URLs by what is there, for programs: the dialect's member of the line that `--json` prints. */
export type DialectUrls = Readonly<Record<string, string>>;

/** A part of the banner: a title, then lines of a label and what belongs to it. */
export interface BannerSection {
  readonly title: string;
  readonly lines: readonly (readonly [label: string, text: string])[];
}

/** What a dialect shows once it listens. */
export interface DialectCard {
  readonly urls: DialectUrls;
  readonly sections: readonly BannerSection[];
  /** Commands to copy, shown under "Try". */
  readonly examples: readonly string[];
}

/** One dialect of the sample. */
export interface SampleDialect {
  /** Mounts its gateways, feeds them from its mock chain, and has its control endpoints. */
  readonly module: DynamicModule;
  card(places: SamplePlaces): DialectCard;
}
