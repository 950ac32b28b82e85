import type { Role } from '#shared/vocabulary.ts';

export interface AuthStatusView {
  readonly signedIn: boolean;
  readonly role: Role | null;
  /** Whether the caller is a person who can keep things of their own, and not only a holder of the operator's key. */
  readonly isPerson: boolean;
  readonly displayName: string | null;
  readonly avatarUrl: string | null;
  readonly expiresAt: string | null;
  readonly sandbox: boolean;
}
