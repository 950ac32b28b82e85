import type { ModelSettingsView } from '#shared/contracts/studio/model-settings.ts';
import type { Role } from '#shared/vocabulary.ts';

/** What a price is for. */
export const UNIT_NAMES: Readonly<Record<ModelSettingsView['unit'], string>> = { image: 'a picture', megapixel: 'a megapixel', second: 'a second' };

/** Who gave a price, before its day. */
export const PRICE_SOURCES: Readonly<Record<ModelSettingsView['price']['source'], string>> = {
  operator: 'set by you on',
  vendor: 'read from the vendor on',
  registry: 'checked on',
};

export const whoMayUse = (roles: readonly Role[]) => (roles.includes('listener') ? 'Everyone' : 'Administrators');

/** The middle time of the last runs, and from the fastest to the slowest; undefined without runs. */
export function describeRuns(runs: readonly number[], middle: number | null): { readonly middle: string; readonly range: string | null } | undefined {
  if (middle === null) return undefined;
  const range = runs.length > 1 ? `${spokenSeconds(Math.min(...runs))} to ${spokenSeconds(Math.max(...runs))}` : null;
  return { middle: spokenSeconds(middle), range };
}

/** 0.42 → "0.4 s"; 83 → "1 min 23 s". */
function spokenSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
