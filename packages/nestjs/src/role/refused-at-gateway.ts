import { SluiceError } from '@sluice/engine';

/** The error of publishing a durable event in a process that follows the log and does not write it. */
export function refusedAtGateway(type: string): SluiceError {
  return new SluiceError(
    'STATE',
    `'${type}' is kept in the log, and this process has the role 'gateway': publish it where the writer is`,
    { details: { type, role: 'gateway' } },
  );
}
