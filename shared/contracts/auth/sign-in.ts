import { z } from 'zod';
import type { Role } from '#shared/vocabulary.ts';

/** The admin key, exchanged once for an admin session. Its length is bounded so that nobody hashes a megabyte for a stranger. */
export const adminSignInInput = z.strictObject({ key: z.string().min(1).max(512) });

/** What a signed-in person may see of themselves. */
export interface ProfileView {
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly role: Role;
  readonly memberSince: string;
  readonly lastSignedInAt: string;
  readonly knownAt: readonly { readonly provider: string; readonly linkedAt: string }[];
}

/** The body of every refusal outside tRPC, and `data.error` of every refusal inside it. */
export interface PublicError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string | null;
  readonly field: string | null;
  readonly retryAfterMs: number | null;
  /** Names this request in the logs. */
  readonly requestId: string | null;
}
