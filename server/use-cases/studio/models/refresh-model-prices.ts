import { actorName, SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { PriceList } from '#server/providers/render-ports.ts';
import { saveModelRow } from '#server/repos/studio/models.ts';
import type { Outcome } from '#server/use-cases/progress.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { readListedPrice } from '#shared/domain/studio/vendor-price.ts';
import type { ListedPrice } from '#shared/domain/studio/vendor-price.ts';
import { AppError } from '#shared/errors.ts';
import { STUDIO_VENDORS } from '#shared/vocabulary.ts';

type RefreshDeps = Pick<Deps, 'db' | 'now' | 'log' | 'models' | 'priceLists'>;

/** Reads the prices of every vendor that has a price list. Where it cannot be read, the price before it and its day stay, with the reason. */
export async function refreshModelPrices(deps: RefreshDeps, signal: AbortSignal): Promise<Outcome> {
  const says: string[] = [];
  for (const vendor of STUDIO_VENDORS) {
    const list = deps.priceLists[vendor];
    const models = deps.models.filter((model) => model.vendor === vendor);
    if (list && models.length > 0) says.push(await refreshVendor(deps, { list, models, name: STUDIO_VENDOR_NAMES[vendor] }, signal));
  }
  return { outcome: says.length === 0 ? 'No vendor in use has a price list.' : says.join(' ') };
}

interface VendorList {
  readonly list: PriceList;
  readonly models: readonly Model[];
  readonly name: string;
}

async function refreshVendor(deps: RefreshDeps, { list, models, name }: VendorList, signal: AbortSignal): Promise<string> {
  try {
    const endpoints = [...new Set(models.map(({ endpoint }) => endpoint))];
    const prices = await list.listPrices(endpoints, signal);
    let read = 0;
    for (const model of models) if (await savePrice(deps, { model, name, price: prices.find((each) => each.endpoint === model.endpoint) })) read += 1;
    const left = models.length - read;
    return `${name}: ${read} prices read${left > 0 ? `, ${left} could not be used` : ''}.`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    deps.log.warn('a price list could not be read', { vendor: name, error });
    for (const model of models) await saveProblem(deps, model, error.message);
    return `${name}: ${error.message} The prices stay as they were.`;
  }
}

async function savePrice(
  deps: RefreshDeps,
  { model, name, price }: { readonly model: Model; readonly name: string; readonly price: ListedPrice | undefined },
): Promise<boolean> {
  const read = price && readListedPrice(model, price);
  if (read?.kind !== 'read') {
    await saveProblem(deps, model, read ? read.problem : `${name} lists no price for it.`);
    return false;
  }
  const at = deps.now();
  await saveModelRow(deps.db, model.id, {
    set: { vendorUsdMicros: read.usdMicros, vendorReadAt: at, vendorProblem: null },
    at,
    by: actorName(SYSTEM),
  });
  return true;
}

async function saveProblem(deps: RefreshDeps, model: Model, vendorProblem: string): Promise<void> {
  await saveModelRow(deps.db, model.id, { set: { vendorProblem }, at: deps.now(), by: actorName(SYSTEM) });
}
