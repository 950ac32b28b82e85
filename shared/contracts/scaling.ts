import { z } from 'zod';
import type { ManagerPlanStatus } from '../vocabulary.ts';
import { networkSettings } from './settings.ts';

/** What a scaling plan counted with. */
export interface ScalingStats {
  /** Usable recordings (T), tracks a playlist (K), days of rest (R). */
  readonly recordings: number;
  readonly tracksPerPlaylist: number;
  readonly restDays: number;
  /** `P* = ceil(T / (K × R))`. */
  readonly ceiling: number;
  readonly floor: number;
  readonly capacity: number;
  readonly usableAccounts: number;
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

export interface ScalingPlanBody {
  readonly version: 1;
  readonly day: string;
  readonly stats: ScalingStats;
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

export interface ScalingView {
  readonly settings: z.infer<typeof networkSettings>;
  /** The plan that waits, or the newest one. */
  readonly current: ScalingPlanView | null;
  readonly earlier: readonly ScalingPlanView[];
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
export const networkSettingsInput = networkSettings;
