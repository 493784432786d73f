/** What is to be reached, as relations within one run. */
import { FAN_OUT_TARGETS } from './fan-out.targets.js';
import { RESOURCE_TARGETS } from './resource.targets.js';
import { STREAM_TARGETS } from './stream.targets.js';
import type { Target } from './target.js';

export const TARGETS: readonly Target[] = [
  ...FAN_OUT_TARGETS,
  ...STREAM_TARGETS,
  ...RESOURCE_TARGETS,
];
