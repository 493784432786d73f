import type { BrowserContext } from 'playwright-core';

/** A running Chromium. */
export interface Chromium {
  readonly context: BrowserContext;
  /** Ends it and removes its profile. */
  stop(): Promise<void>;
}

/** @param viewport pixels; default 1280 by 800. */
export function startChromium(viewport?: {
  readonly width: number;
  readonly height: number;
}): Promise<Chromium>;
