import { memoryLog } from '@sluice/engine';
import type { StartServer } from '../../server/measured-server.js';
import { serveHathor } from './serve-hathor.js';
import type { ReplayParameters } from './vertices.js';

export const start: StartServer<ReplayParameters> = (parameters) =>
  serveHathor(memoryLog(), parameters);
