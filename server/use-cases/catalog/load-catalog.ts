import type { Deps } from '#server/deps.ts';
import { streamCatalogue } from '#server/repos/catalog/stream-catalog.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { createCatalogueBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import { needsTexts } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { countRecordings } from '#server/repos/catalog/catalog-counts.ts';

export interface LoadedCatalogue {
  readonly catalogue: Catalogue;
  /** Row of each recording id, -1 where there is none. */
  readonly rowOf: Int32Array;
}

/** The whole catalogue in columns, read once for the day; titles and names are kept only when some policy looks at them. */
export async function loadCatalogue(deps: Pick<Deps, 'db' | 'stream'>, policies: readonly PolicyV1[]): Promise<LoadedCatalogue> {
  const { count, highestId } = await countRecordings(deps.db);
  const builder = createCatalogueBuilder(count, { texts: policies.some(asksForTexts) });
  const rowOf = new Int32Array(highestId + 1).fill(-1);
  let row = 0;
  await streamCatalogue(deps.stream, (recording) => {
    // A recording that came in after the count is left to the next run.
    if (recording.recordingId > highestId) return;
    builder.add(recording);
    rowOf[recording.recordingId] = row;
    row += 1;
  });
  return { catalogue: builder.build(), rowOf };
}

/** Rules may ask for titles and names; whoever pins is told of them by title. */
export function asksForTexts(policy: PolicyV1): boolean {
  return policy.pins.length > 0 || needsTexts(policy.pool) || policy.mix.some((block) => needsTexts(block.rule));
}
