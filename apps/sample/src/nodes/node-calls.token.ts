import type { InjectionToken } from '@nestjs/common';
import type { NodeCalls } from '@sluice/engine';

/** Injects calls between nodes; undefined where one process is all there is. */
export const NODE_CALLS: InjectionToken<NodeCalls | undefined> = Symbol('NODE_CALLS');
