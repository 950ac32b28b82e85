import type { AlertLevel } from '../vocabulary.ts';

/**
 * Something that needs, or needed, a person. Each area lists its own under `server/use-cases/<area>/list-<area>-troubles.ts`; the overview
 * shows what is open, and `alerts` keeps when each began and ended.
 */
export interface Trouble {
  /** Names the same trouble from look to look: `account:<id>:reauth`. */
  readonly key: string;
  readonly level: AlertLevel;
  readonly what: string;
  /** What happened and what to do now, in plain sentences. */
  readonly detail: string;
  readonly action: { readonly label: string; readonly href: string } | null;
}

export interface AlertView extends Trouble {
  readonly id: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
}
