import { lmdbLog } from '@sluice/log-lmdb';
import type { StartServer } from '../../server/measured-server.js';
import { serveHathor } from './serve-hathor.js';
import { temporaryFolder } from './temporary-folder.js';
import type { ReplayParameters } from './vertices.js';

export const start: StartServer<ReplayParameters> = (parameters) =>
  serveHathor(lmdbLog({ path: temporaryFolder() }), parameters);
