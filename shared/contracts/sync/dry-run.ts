import type { DryRunStatus } from '#shared/vocabulary.ts';

/** What a whole day's sync would do, before anything is written. Counts are of replicas unless stated otherwise; times in seconds. Stored as JSON. */
export interface DryRunBody {
  readonly version: 1;
  readonly day: string;
  /** `looked`: each playlist was read from Spotify. `receipts`: calculated from the last receipts without a request; edits on Spotify are unknown then. */
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
  /** Estimated from the current request budgets of the app and the accounts; null when no budget is set. */
  readonly seconds: number | null;
  /** Warnings, worst first. */
  readonly risks: readonly { readonly level: 'high' | 'some'; readonly says: string }[];
  /** The exceeded auto-apply limits, as sentences; empty when the day may be applied automatically. */
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
    /** An earlier day's list is shown again, even within its repeat window. Absent where the day's own list is shown. */
    readonly showsAgain?: true;
    readonly cost: { readonly reads: number; readonly writes: number };
    /** The plan to apply, with its hash; null when there is nothing to apply or the basis is `receipts`. */
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
