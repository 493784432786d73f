import { BadRequestException, ConflictException } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';

/**
 * What a chain or stream refuses is the caller's affair, not an error of the server.
 *
 * @throws BadRequestException for what is no event, ConflictException for everything else.
 */
export async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof SluiceError && error.code === 'INVALID') {
      throw new BadRequestException(message);
    }
    throw new ConflictException(message);
  }
}
