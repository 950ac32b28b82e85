import { AppError } from '#shared/errors.ts';

/** A picture file that cannot be taken as it is. */
export const invalidPicture = (message: string, remedy: string, cause?: unknown) =>
  new AppError('invalid_input', { message, remedy, field: 'picture', cause });
