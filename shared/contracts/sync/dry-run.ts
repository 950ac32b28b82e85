import type { DryRunStatus } from '#shared/vocabulary.ts';

/** What a whole day's sync would do, before anything is written. Counts are of replicas unless said; times in seconds. */
export interface DryRunBody {
  readonly version: 1;
  readonly day: string;
  /** `looked`: Spotify was asked about each playlist. `receipts`: reckoned from the last receipts alone, without a request; hand edits are not known then. */
  readonly basis: 'looked' | 'receipts';
  readonly replicas: number;
  readonly unchanged: number;
  readonly changed: number;
  readonly creates: number;
  readonly renames: number;
  readonly unfollows: number;
  readonly handEdited: number;
  readonly lost: number;
  readonly tracks: { readonly adds: number; readonly removes: number; readonly moves: number; readonly keeps: number };
  readonly cost: { readonly reads: number; readonly writes: number };
  /** At the present budget of the app and the accounts; null when no budget is set. */
  readonly seconds: number | null;
  /** What should give pause, worst first; empty when nothing does. */
  readonly risks: readonly { readonly level: 'high' | 'some'; readonly says: string }[];
  /** Which limits of the blast radius are exceeded, as sentences; empty when the day may go out by itself. */
  readonly exceeds: readonly string[];
  readonly accounts: readonly {
    readonly accountId: string;
    readonly account: string;
    readonly replicas: number;
    readonly changed: number;
    readonly cost: { readonly reads: number; readonly writes: number };
    readonly seconds: number | null;
    readonly problem: string | null;
  }[];
  readonly lines: readonly {
    readonly replicaId: string;
    readonly playlistIndex: number;
    readonly themeTag: string;
    readonly account: string;
    readonly adds: number;
    readonly removes: number;
    readonly moves: number;
    readonly keeps: number;
    readonly creates: boolean;
    readonly renames: boolean;
    readonly handEdited: boolean;
    readonly problem: string | null;
    readonly lost: boolean;
    /** An earlier day's list is shown again, whether or not it has rested. Absent where the day's own is shown. */
    readonly showsAgain?: true;
    readonly cost: { readonly reads: number; readonly writes: number };
    /** The plan that would be applied, by its hash; null when there is nothing to apply or the basis is `receipts`. */
    readonly plan: { readonly id: string; readonly hash: string } | null;
  }[];
}

export type DryRunLine = DryRunBody['lines'][number];

export interface DryRunView {
  readonly id: string;
  readonly hash: string;
  readonly status: DryRunStatus;
  readonly body: DryRunBody;
  readonly plannedBy: string;
  readonly plannedAt: string;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
}
