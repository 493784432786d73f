import { ValidationPipe } from '@nestjs/common';
import type { StartServer } from '../../server/measured-server.js';
import { serveGateway } from './sluice-gateway.js';

export const start: StartServer<undefined> = () => serveGateway(new ValidationPipe());
