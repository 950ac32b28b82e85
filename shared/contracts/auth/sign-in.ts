import { z } from 'zod';
import { textInput } from '#shared/input-types.ts';
import type { Role } from '#shared/vocabulary.ts';

/** The admin key, exchanged once for an admin session. The length limit keeps strangers from making the server hash megabytes. */
export const adminSignInInput = z.strictObject({ key: textInput(512).min(1, 'is empty') });

/** A signed-in person's own profile. */
export interface ProfileView {
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly role: Role;
  readonly memberSince: string;
  readonly lastSignedInAt: string;
  readonly knownAt: readonly { readonly provider: string; readonly linkedAt: string }[];
}

/** The body of every error response outside tRPC, and `data.error` of every error inside it. */
export interface PublicError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string | null;
  readonly field: string | null;
  readonly retryAfterMs: number | null;
  /** Identifies this request in the logs. */
  readonly requestId: string | null;
}
