import type { ScalingAction } from '#shared/contracts/scaling/scaling.ts';
import { cutText } from '#shared/domain/text.ts';

/** Maximum length of a theme (shared/contracts/playlists/playlists.ts). */
const THEME_CHARS_MAX = 60;
const NUMERAL = / (\d{1,6})$/;

/**
 * Names for additional playlists of a theme: “Late soul” is followed by “Late soul 2”, “Late soul 3” and so on, the next free number. Never the name of
 * a current or past playlist, regardless of case, and never the same name twice.
 */
export class ThemeNames {
  readonly #taken: Set<string>;

  constructor(themes: readonly string[]) {
    this.#taken = new Set(themes.map(keyOf));
  }

  isTaken(theme: string): boolean {
    return this.#taken.has(keyOf(theme));
  }

  /** Reserves the name. */
  reserve(theme: string): void {
    this.#taken.add(keyOf(theme));
  }

  next(theme: string): string {
    const base = this.#baseOf(theme);
    for (let number = 2; ; number += 1) {
      const numeral = ` ${number}`;
      const name = `${cutText(base, THEME_CHARS_MAX - numeral.length).trimEnd()}${numeral}`;
      if (this.isTaken(name)) continue;
      this.reserve(name);
      return name;
    }
  }

  /** “Late soul 2” belongs to “Late soul” if that exists; “Summer of 1999” is a separate name. */
  #baseOf(theme: string): string {
    const whole = theme.replaceAll(/\s+/g, ' ').trim();
    const without = whole.replace(NUMERAL, '');
    return this.isTaken(without) ? without : whole;
  }
}

type Addition = Extract<ScalingAction, { kind: 'add_playlist' }>;

/** The playlists that the actions add, in their order. */
export function additionsOf(actions: readonly ScalingAction[]): Addition[] {
  return actions.filter((action) => action.kind === 'add_playlist');
}

/** The same actions with new names for the playlists that they add, in their order; a missing name leaves the old one. */
export function renameAdditions(actions: readonly ScalingAction[], names: readonly string[]): ScalingAction[] {
  let at = 0;
  return actions.map((action) => (action.kind === 'add_playlist' ? { ...action, themeTag: names[at++] ?? action.themeTag } : action));
}

function keyOf(theme: string): string {
  return theme.replaceAll(/\s+/g, ' ').trim().toLocaleLowerCase('en');
}
