import type { Page } from 'playwright-core';
import { startChromium, type Chromium } from '../../../../scripts/chromium.mjs';

/** Debian's Chromium with a profile of its own, and what its pages complain about. */
export class Browser {
  /** Errors of scripts, of the console, and of the content security policy. */
  readonly complaints: string[] = [];

  private constructor(private readonly chromium: Chromium) {}

  static async start(): Promise<Browser> {
    return new Browser(await startChromium());
  }

  async open(url: string): Promise<Page> {
    const page = await this.chromium.context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    await page.goto(url);
    return page;
  }

  stop(): Promise<void> {
    return this.chromium.stop();
  }
}
