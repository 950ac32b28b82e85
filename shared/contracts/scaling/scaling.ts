import { z } from 'zod';
import type { ManagerPlanStatus } from '#shared/vocabulary.ts';
import { createPlaylistsInput } from '#shared/contracts/playlists/playlists.ts';
import { networkSettings } from '#shared/contracts/settings.ts';

/** What a scaling plan counted with. */
export interface ScalingStats {
  /** Recordings of the catalogue; those that a policy in use admits and does not ban (T). */
  readonly catalogue: number;
  readonly recordings: number;
  /** Tracks a playlist (K), days of rest (R). */
  readonly tracksPerPlaylist: number;
  readonly restDays: number;
  /** `P* = ceil(T / (K × R))`. */
  readonly ceiling: number;
  readonly floor: number;
  readonly capacity: number;
  readonly usableAccounts: number;
  readonly connectedAccounts: number;
  readonly replicationFactor: number;
  /** Replicas that the request budget of a day pays for; null when no budget is set. */
  readonly payableReplicas: number | null;
  readonly playlists: number;
  readonly wanted: number;
  /** How many days short of the rest window the catalogue is at `wanted` playlists: 0 when it carries them. */
  readonly overcommittedDays: number;
}

/** One thing a scaling plan would do, and why. */
export type ScalingAction =
  | { readonly kind: 'add_playlist'; readonly themeTag: string; readonly policyId: string; readonly policyName: string; readonly why: string }
  | { readonly kind: 'retire_playlist'; readonly playlistId: string; readonly index: number; readonly themeTag: string; readonly why: string }
  | {
      readonly kind: 'place_replica';
      readonly playlistId: string;
      readonly index: number;
      readonly accountId: string;
      readonly account: string;
      /** The replica that goes once this one stands on Spotify; left out where it is one more. */
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

/** A policy in use: its lists, and how many its own pool carries. */
export interface PolicyShare {
  readonly policyId: string;
  readonly policyName: string;
  readonly lists: number;
  readonly size: number;
  readonly restDays: number;
  readonly pool: number;
  /** Null: any number, because each of its lists rests by itself. */
  readonly carries: number | null;
  /** How many days short of its rest the pool is at the lists there are. */
  readonly daysShort: number;
}

export interface ScalingPlanBody {
  readonly version: 1;
  readonly day: string;
  /** Names what was counted: the catalogue as it was, the policies and the day. The same key is not counted twice. */
  readonly countKey: string;
  readonly stats: ScalingStats;
  readonly policies: readonly PolicyShare[];
  readonly actions: readonly ScalingAction[];
  /** Sentences: how the number came about, and what the platform forbids. */
  readonly reasons: readonly string[];
  /** "Not possible, because…"; empty when everything wanted can be done. */
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

/** A plan of the past, without its lines. */
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
  readonly settings: z.infer<typeof networkSettings>;
  /** The plan that waits, or the newest one. */
  readonly current: ScalingPlanView | null;
  readonly earlier: readonly EarlierScalingPlan[];
  readonly accounts: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly replicas: number;
    readonly room: number;
    readonly takesNew: boolean;
    readonly whyNot: string | null;
  }[];
}

export const scalingPlanInput = z.strictObject({ planId: z.uuid(), hash: z.string().regex(/^[0-9a-f]{64}$/, 'is not the hash of a plan') });
export type ScalingPlanInput = z.infer<typeof scalingPlanInput>;

/** Another name for a list that a waiting plan would add; `at` is the place of its line, from 0. */
export const renameAdditionInput = scalingPlanInput.extend({ at: z.int().min(0).max(1_000_000), themeTag: createPlaylistsInput.shape.themeTag });
export type RenameAdditionInput = z.infer<typeof renameAdditionInput>;
export const networkSettingsInput = networkSettings;
