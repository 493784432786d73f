import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { SluiceError, type Session } from '@sluice/engine';
import { sessionOf } from '../connection/session-of.js';

/** Injects the session that sent the command. */
export const ConnectedSession: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext): Session => {
    const session = sessionOf(context);
    if (session !== undefined) return session;
    throw new SluiceError('INTERNAL', '@ConnectedSession() works in chain gateways only');
  },
);
