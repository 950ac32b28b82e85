import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listUploadsOf } from '#server/repos/covers/cover-uploads.ts';
import type { CoverInput } from '#shared/contracts/covers/projects.ts';
import type { UploadView } from '#shared/contracts/covers/uploads.ts';
import { requireOwnCover } from '../projects/own-cover.ts';
import { uploadView } from './upload-view.ts';

const SHOWN_MAX = 50;

/** The plans and receipts of a cover, newest first. Throws `not_found` for another person's cover. */
export async function listUploads(deps: Pick<Deps, 'db' | 'settings'>, actor: Actor, { coverId }: CoverInput): Promise<readonly UploadView[]> {
  await requireOwnCover(deps, actor, coverId);
  return (await listUploadsOf(deps.db, coverId, SHOWN_MAX)).map((upload) => uploadView(deps, upload));
}
