import { ValidationPipe } from '@nestjs/common';
import type { StartServer } from '../../server/measured-server.js';
import { serveNest } from './nest-gateway.js';

export const start: StartServer<undefined> = () => serveNest(new ValidationPipe());
