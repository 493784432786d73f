import type { InjectionToken } from '@nestjs/common';
import type { HathorOptions, VertexData } from '@sluice/hathor';
import { systemClock } from '@sluice/engine';
import { parseEventRecording } from '@sluice/hathor';
import type { MockChainEvent } from '@sluice/mock-chain';
import { hathorScenario, hathorScenarioNames, isHathorScenario } from '@sluice/mock-chain';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleConfig } from '../config/sample-config.js';
import { ConfigError } from '../config/sample-config.js';
import { RunningChain } from './running-chain.js';

/** Where the sample's Hathor events come from. */
export interface HathorSource {
  /** Settings of the Hathor module that belong to the source. */
  readonly options: HathorOptions;
  /** The chain that can be driven; absent where everything is fixed. */
  readonly running?: RunningChain;
  /** What the load phase finds. */
  loaded(): Iterable<VertexData>;
  /** What is published before the port opens, with its own time. */
  readonly script: readonly MockChainEvent[];
}

/** Injects the {@link HathorSource}. */
export const HATHOR_SOURCE: InjectionToken<HathorSource> = Symbol('HATHOR_SOURCE');

/** @throws ConfigError if the scenario or recording cannot be served. */
export function openHathorSource(config: SampleConfig): HathorSource {
  switch (config.source.kind) {
    case 'chain':
      return runningSource(config, config.source.startTime);
    case 'scenario':
      return scenarioSource(config.source.name, config.seed);
    case 'recording':
      return recordingSource(config.source.file);
  }
}

function runningSource({ seed, log, data }: SampleConfig, startTime?: number): HathorSource {
  const network = 'privatenet';
  const running = new RunningChain({
    network,
    seed,
    ...(startTime !== undefined && { startTime }),
    ...(log !== 'memory' && { journal: join(data, 'hathor-vertices.jsonl') }),
  });
  return { options: { network }, running, loaded: () => running.chain.vertices(), script: [] };
}

function scenarioSource(name: string, seed: number): HathorSource {
  if (!isHathorScenario(name)) {
    throw new ConfigError(`--scenario cannot be '${name}': take ${hathorScenarioNames.join(', ')}`);
  }
  const { network, peerId, streamId, loadTime, loaded, events } = hathorScenario(name, { seed });
  const clock = { ...systemClock, now: () => loadTime * 1000 };
  return {
    options: { network, events: { peerId, streamId, clock, reset: true } },
    loaded: () => loaded,
    script: events,
  };
}

function recordingSource(file: string): HathorSource {
  try {
    const recording = parseEventRecording(readFileSync(file, 'utf8'));
    const network = recording.network ?? 'privatenet';
    return { options: { network, events: { recording } }, loaded: () => [], script: [] };
  } catch (error) {
    throw new ConfigError(`--events ${file}: ${(error as Error).message}`);
  }
}
