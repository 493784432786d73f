/**
 * Whether an application can do its work, judged by what it counts anyway. Nothing in it depends on what clients do: how far
 * they lag, how many there are and what they send makes no application unready.
 */
import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import {
  engineMetrics,
  relayMetrics,
  type MetricDefinition,
  type MetricsRegistry,
} from '@sluice/engine';
import { logBytes, logLimitBytes, logState } from '../figures/log.observer.js';
import { ServingPhase } from '../serving-phase.js';
import { METRICS } from '../sluice.tokens.js';
import { HEALTH_LIMITS, type HealthLimits } from './sluice-health.options.js';

/** From which share of what it may keep on a log is nearly full. */
const NEARLY = 0.9;

/** Injectable: indicators for a health check of terminus. */
@Injectable()
export class SluiceHealthIndicator {
  constructor(
    @Inject(METRICS) private readonly metrics: MetricsRegistry,
    private readonly serving: ServingPhase,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** Down before clients are let in, and from the beginning of the shutdown on. */
  accepting<K extends string = 'accepting'>(key = 'accepting' as K): HealthIndicatorResult<K> {
    const phase = this.serving.current;
    const indicator = this.indicators.check(key);
    return phase === 'serving' ? indicator.up({ phase }) : indicator.down({ phase });
  }

  /**
   * Down if a stream takes no more events, too many wait to be stored, or the log itself has failed, as one that another writer
   * has taken over, or that is full. Up if there is no stream; with `nearlyFull` if nine tenths of what it may keep are there.
   */
  log<K extends string = 'log'>(
    key = 'log' as K,
    { pendingEvents = HEALTH_LIMITS.pendingEvents }: HealthLimits = {},
  ): HealthIndicatorResult<K> {
    const failed = this.where(engineMetrics.streamWritable, (writable) => writable === 0);
    const behind = this.where(engineMetrics.pendingEvents, (pending) => pending > pendingEvents);
    const lost = this.metrics.total(logState, { state: 'failed' }) > 0;
    const indicator = this.indicators.check(key);
    if (failed.length === 0 && behind.length === 0 && !lost) {
      return this.isNearlyFull ? indicator.up({ nearlyFull: true }) : indicator.up();
    }
    return indicator.down({ failed, behind, lost });
  }

  /** Down if a relay has been without its upstream for too long. Up if nobody is followed. */
  source<K extends string = 'source'>(
    key = 'source' as K,
    { offlineMs = HEALTH_LIMITS.offlineMs }: HealthLimits = {},
  ): HealthIndicatorResult<K> {
    const offline = this.where(
      relayMetrics.offlineSeconds,
      (seconds) => seconds * 1000 > offlineMs,
    );
    const indicator = this.indicators.check(key);
    return offline.length === 0 ? indicator.up() : indicator.down({ offline });
  }

  private get isNearlyFull(): boolean {
    const limit = this.metrics.total(logLimitBytes);
    return limit > 0 && this.metrics.total(logBytes) >= NEARLY * limit;
  }

  /** Names of streams or relays, whichever is the first label, with such a value. */
  private where(definition: MetricDefinition, bad: (value: number) => boolean): string[] {
    const label = definition.labels[0] ?? '';
    return this.metrics
      .family(definition)
      .samples.filter(({ value }) => bad(value))
      .map(({ labels }) => labels[label] ?? '');
  }
}
