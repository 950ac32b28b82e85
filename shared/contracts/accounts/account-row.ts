import type { AccountStatus } from '#shared/vocabulary.ts';

export interface AccountRow {
  readonly id: string;
  readonly displayName: string;
  readonly status: AccountStatus;
  readonly statusReason: string | null;
  readonly playlists: number;
  readonly maxPlaylists: number;
  readonly authorizedAt: string;
  readonly reauthBy: string;
}
