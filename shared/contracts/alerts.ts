import type { AlertLevel } from '../vocabulary.ts';

/**
 * A condition that needs, or needed, a person. Each area lists its own under `server/use-cases/<area>/list-<area>-alerts.ts`; the overview
 * shows the open ones, and the table `alerts` stores when each opened and closed.
 */
export interface Alert {
  /** Identifies the same alert from one check to the next: `account:<id>:reauth`. */
  readonly key: string;
  readonly level: AlertLevel;
  readonly what: string;
  /** What happened and what to do now, in plain sentences. */
  readonly detail: string;
  readonly action: { readonly label: string; readonly href: string } | null;
}

export interface AlertView extends Alert {
  readonly id: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
}
