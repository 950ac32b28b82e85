import { runInSteps } from '#server/use-cases/run-in-steps.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { buildSoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';
import type { SoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';

/** A catalog that is loaded again gets a new space; the old one goes with it. */
const SPACES = new WeakMap<Catalog, Promise<SoundSpace>>();

/** The catalog by sound, built once for each loaded catalog. */
export function getSoundSpace(catalog: Catalog): Promise<SoundSpace> {
  const known = SPACES.get(catalog);
  if (known) return known;
  const space = runInSteps(buildSoundSpace(catalog));
  SPACES.set(catalog, space);
  return space;
}
