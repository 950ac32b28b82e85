import type { Role } from '#shared/vocabulary.ts';

export interface AuthStatusView {
  readonly signedIn: boolean;
  readonly role: Role | null;
  readonly displayName: string | null;
  readonly avatarUrl: string | null;
  readonly expiresAt: string | null;
  readonly sandbox: boolean;
}
