import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listRecentRuns } from '#server/repos/studio/model-runs.ts';
import type { ModelSettingsView } from '#shared/contracts/studio/model-settings.ts';
import { dayOf } from '#shared/domain/days.ts';
import { modelState } from '#shared/domain/studio/model-state.ts';
import { modelPrice } from '#shared/domain/studio/offered-model.ts';
import { middleSeconds } from '#shared/domain/studio/recent-runs.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { closedBecause, readModels } from './read-models.ts';

/** Every model with what the operator can set, what it costs, and how long its last runs took. */
export async function listModelSettings(
  deps: Pick<Deps, 'db' | 'now' | 'models' | 'renderVendors'>,
  actor: Actor,
): Promise<readonly ModelSettingsView[]> {
  requireAdmin(actor);
  const today = dayOf(deps.now());
  const all = await readModels(deps);
  const recent = await listRecentRuns(
    deps.db,
    all.map(({ entry }) => entry.id),
  );
  return all.map(({ entry, settings, priceProblem, defaultFor }) => {
    const { id, label, goodFor, vendor, tasks } = entry;
    const runs = recent.get(id) ?? [];
    return {
      id,
      label,
      goodFor,
      vendor,
      vendorName: STUDIO_VENDOR_NAMES[vendor],
      tasks,
      isOn: settings.isOn,
      roles: settings.roles,
      state: modelState(entry, today),
      unavailableBecause: closedBecause(deps, entry),
      unit: entry.price.unit,
      price: modelPrice(entry, settings),
      listPrice: modelPrice(entry, { ...settings, priceUsdMicros: null, priceSetAt: null }),
      priceProblem,
      defaultFor,
      runs,
      recentSeconds: middleSeconds(runs),
    };
  });
}
