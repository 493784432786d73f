/** `@sluice/nestjs/health`: needs `@nestjs/terminus`. */
export { SluiceHealthModule } from './sluice-health.module.js';
export type { HealthLimits, SluiceHealthOptions } from './sluice-health.options.js';
export { SluiceHealthIndicator } from './sluice.health-indicator.js';
