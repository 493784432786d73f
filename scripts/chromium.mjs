/** The Chromium of the system, for tests and pictures of the inspector's page. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts it with a profile of its own, which `stop` removes. `CHROMIUM` names another program. */
export async function startChromium(viewport = { width: 1280, height: 800 }) {
  const profile = await mkdtemp(join(tmpdir(), 'sluice-chromium-'));
  const removeProfile = () => rm(profile, { recursive: true, force: true });
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: FLAGS,
      viewport,
    });
    const stop = async () => {
      await context.close();
      await removeProfile();
    };
    return { context, stop };
  } catch (error) {
    await removeProfile();
    throw error;
  }
}
