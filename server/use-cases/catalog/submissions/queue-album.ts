import { insertSources } from '#server/repos/catalog/album-sources.ts';
import type { Db } from '#server/repos/database.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import { cutText } from '#shared/domain/text.ts';
import type { SpotifyAlbumId } from '#shared/ids.ts';

/** Characters stored of a link: enough to recognize it. */
const GIVEN_KEPT = 300;

interface AcceptedAlbum {
  readonly link: string;
  readonly albumId: SpotifyAlbumId;
  readonly by: string;
  readonly intakeId: string;
  readonly at: Date;
}

/** Queues an accepted album as an import of one line; the job that reads it commits with the line. */
export async function queueAlbum(tx: Db, { link, albumId, by, intakeId, at }: AcceptedAlbum): Promise<void> {
  await insertSources(tx, { id: intakeId, submittedBy: by, at }, [{ lineNumber: 1, given: cutText(link, GIVEN_KEPT), albumId, failure: null }]);
  await enqueueJob(tx, 'ingest-albums', { payload: { trigger: 'intake' }, key: 'ingest-albums', queue: 'ingest-albums' });
}
