import type { Deps } from '#server/deps.ts';
import { streamCatalog } from '#server/repos/catalog/stream-catalog.ts';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import { countRecordings } from '#server/repos/catalog/catalog-counts.ts';

/** Reads the whole catalog into columns; titles and names only with `texts`. */
export async function loadCatalog(deps: Pick<Deps, 'db' | 'stream'>, { texts }: { texts: boolean }): Promise<LoadedCatalog> {
  const { count, highestId } = await countRecordings(deps.db);
  const builder = createCatalogBuilder(count, { texts });
  const rowOf = new Int32Array(highestId + 1).fill(-1);
  let row = 0;
  await streamCatalog(deps.stream, (recording) => {
    // A recording imported after the count is left to the next run.
    if (recording.recordingId > highestId) return;
    builder.add(recording);
    rowOf[recording.recordingId] = row;
    row += 1;
  });
  return { catalog: builder.build(), rowOf };
}
