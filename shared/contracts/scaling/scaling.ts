import { z } from 'zod';
import type { ManagerPlanStatus } from '#shared/vocabulary.ts';
import { createPlaylistsInput } from '#shared/contracts/playlists/playlists.ts';
import { networkSettingsBody } from '#shared/contracts/settings.ts';
import { hashInput, wholeInput } from '#shared/input-types.ts';

/** The figures a scaling plan is based on. */
export interface ScalingStats {
  /** Recordings in the catalog, and those that a policy in use admits and does not ban (T). */
  readonly catalog: number;
  readonly recordings: number;
  /** Tracks per playlist (K), repeat window in days (R). */
  readonly tracksPerPlaylist: number;
  readonly restDays: number;
  /** `P* = ceil(T / (K × R))`. */
  readonly ceiling: number;
  readonly floor: number;
  readonly capacity: number;
  readonly usableAccounts: number;
  readonly connectedAccounts: number;
  readonly replicationFactor: number;
  /** Replicas that the daily request budget allows; null when no budget is set. */
  readonly payableReplicas: number | null;
  readonly playlists: number;
  readonly wanted: number;
  /** How many days the catalog falls short of the repeat window at `wanted` playlists; 0 when it is large enough. */
  readonly overcommittedDays: number;
}

/** One action of a scaling plan, and why. */
export type ScalingAction =
  | { readonly kind: 'add_playlist'; readonly themeTag: string; readonly policyId: string; readonly policyName: string; readonly why: string }
  | { readonly kind: 'retire_playlist'; readonly playlistId: string; readonly index: number; readonly themeTag: string; readonly why: string }
  | {
      readonly kind: 'place_replica';
      readonly playlistId: string;
      readonly index: number;
      readonly accountId: string;
      readonly account: string;
      /** The replica to retire once this one is on Spotify; absent for an additional replica. */
      readonly replaces?: { readonly replicaId: string; readonly account: string };
      readonly why: string;
    }
  | {
      readonly kind: 'retire_replica';
      readonly replicaId: string;
      readonly playlistId: string;
      readonly index: number;
      readonly accountId: string;
      readonly account: string;
      readonly why: string;
    };

/** A policy in use: its lists, and how many its own pool can fill. */
export interface PolicyShare {
  readonly policyId: string;
  readonly policyName: string;
  readonly lists: number;
  readonly size: number;
  readonly restDays: number;
  readonly pool: number;
  /** Lists that its pool can fill; null is unlimited, because each list has its own repeat scope. */
  readonly carries: number | null;
  /** How many days the pool falls short of the repeat window with the current lists. */
  readonly daysShort: number;
}

export interface ScalingPlanBody {
  readonly version: 1;
  readonly day: string;
  /** Identifies what was counted: catalog version, policies and day. The same key is not counted twice. */
  readonly countKey: string;
  readonly stats: ScalingStats;
  readonly policies: readonly PolicyShare[];
  readonly actions: readonly ScalingAction[];
  /** Sentences: how the number was calculated, and what the platform forbids. */
  readonly reasons: readonly string[];
  /** "Not possible, because…"; empty when everything can be done. */
  readonly impossible: readonly string[];
  /** Share of playlists and replicas that the actions touch, 0–1. */
  readonly touches: number;
}

export interface ScalingPlanView extends ScalingPlanBody {
  readonly id: string;
  readonly hash: string;
  readonly status: ManagerPlanStatus;
  readonly statusReason: string | null;
  readonly plannedBy: string;
  readonly plannedAt: string;
  readonly decidedBy: string | null;
  readonly appliedAt: string | null;
}

/** An earlier plan, without its actions. */
export interface EarlierScalingPlan {
  readonly id: string;
  readonly day: string;
  readonly status: ManagerPlanStatus;
  readonly playlists: number;
  readonly wanted: number;
  readonly changes: number;
  readonly why: string;
}

export interface ScalingView {
  readonly settings: z.infer<typeof networkSettingsBody>;
  /** The plan waiting for approval, or the newest one. */
  readonly current: ScalingPlanView | null;
  readonly earlier: readonly EarlierScalingPlan[];
  readonly accounts: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly replicas: number;
    readonly freeSlots: number;
    readonly acceptsNewPlaylists: boolean;
    readonly reason: string | null;
  }[];
}

export const scalingPlanInput = z.strictObject({ planId: z.uuid(), hash: hashInput('a plan') });
export type ScalingPlanInput = z.infer<typeof scalingPlanInput>;

/** A new name for a playlist that a plan awaiting approval would add; `at` is the index of its action, from 0. */
export const renameAdditionInput = scalingPlanInput.extend({ index: wholeInput(0, 1_000_000), themeTag: createPlaylistsInput.shape.themeTag });
export type RenameAdditionInput = z.infer<typeof renameAdditionInput>;
export const networkSettingsInput = networkSettingsBody;
