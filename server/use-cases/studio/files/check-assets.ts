import type { Deps } from '#server/deps.ts';
import { listAssetDigests, listOtherDigests, listPreviewDigests, listWithoutPreviews } from '#server/repos/studio/stored-files.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { PREVIEW_WIDTHS } from '#shared/domain/studio/preview-widths.ts';
import { AppError } from '#shared/errors.ts';
import { makePreviews } from './make-previews.ts';
import { readWhole } from './read-whole.ts';

type CheckDeps = Pick<Deps, 'db' | 'now' | 'log' | 'assets' | 'coverFiles'>;

const PAGE = 1_000;
/** Every file is read once in so many days. */
const READ_WITHIN_DAYS = 64;
/** Files read in one run at most, so that a large library does not read for hours. */
const READ_MAX = 5_000;
/** Previews made again in one run at most; the next run goes on. */
const REMADE_MAX = 2_000;
/** Digests written to the log in one line. */
const NAMED_MAX = 20;

/**
 * Compares the files that rows name with the stored ones: a missing preview is made (again), a missing or damaged file is counted and logged. Removes
 * nothing. Throws what the store throws when it cannot be listed.
 */
export async function checkAssets(deps: CheckDeps, { signal, report }: { readonly signal: AbortSignal; readonly report: Report }): Promise<Outcome> {
  const stored = new Set<string>();
  for await (const { sha256 } of deps.assets.list()) stored.add(sha256);
  await report({ doing: 'comparing rows with files', total: stored.size });
  const missing = await findMissing(deps, stored, signal);
  const previews = await remakePreviews(deps, stored, signal);
  const damaged = await findDamaged(deps, stored, signal);
  const lost = [...missing, ...damaged.digests];
  if (lost.length > 0)
    deps.log.error('stored files are missing or damaged', {
      missing: missing.length,
      damaged: damaged.digests.length,
      digests: lost.slice(0, NAMED_MAX),
    });
  await report({ done: stored.size, failures: lost.length + previews.failed });
  const again = previews.made > 0 ? ` ${counted(previews.made, 'preview')} made again.` : '';
  const failed = previews.failed > 0 ? ` ${counted(previews.failed, 'preview')} could not be made.` : '';
  const found = lost.length === 0 ? 'None is missing or damaged.' : `${missing.length} missing, ${damaged.digests.length} damaged.`;
  return { outcome: `${counted(stored.size, 'file')} listed, ${damaged.read} read. ${found}${again}${failed}` };
}

/** A file that was stored after the list was read is not missing, so each is looked up again. */
async function isMissing(deps: CheckDeps, stored: ReadonlySet<string>, sha256: string): Promise<boolean> {
  return !stored.has(sha256) && (await deps.assets.read(sha256)) === undefined;
}

async function findMissing(deps: CheckDeps, stored: ReadonlySet<string>, signal: AbortSignal): Promise<string[]> {
  const missing: string[] = [];
  const add = async (digests: readonly string[]) => {
    signal.throwIfAborted();
    for (const sha256 of digests) if (await isMissing(deps, stored, sha256)) missing.push(sha256);
  };
  await add(await listOtherDigests(deps.db));
  for (let after = ''; ;) {
    const page = await listAssetDigests(deps.db, { after, limit: PAGE });
    await add(page);
    const last = page.at(-1);
    if (last === undefined) return missing;
    after = last;
  }
}

interface PreviewCounts {
  made: number;
  failed: number;
}

/** Makes the previews of a picture that has none yet, and those of a file whose preview is missing. */
async function remakePreviews(deps: CheckDeps, stored: ReadonlySet<string>, signal: AbortSignal): Promise<PreviewCounts> {
  const counts = { made: 0, failed: 0 };
  const tried = new Set<string>();
  const make = async (sha256: string) => {
    signal.throwIfAborted();
    if (tried.has(sha256)) return;
    tried.add(sha256);
    if (await remade(deps, sha256)) counts.made += 1;
    else counts.failed += 1;
  };
  for (let after = ''; tried.size < REMADE_MAX;) {
    const page = await listWithoutPreviews(deps.db, { after, sizes: PREVIEW_WIDTHS.length, limit: PAGE });
    for (const sha256 of page) if (tried.size < REMADE_MAX) await make(sha256);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last;
  }
  for (let after = { sha256: '', width: 0 }; ;) {
    const page = await listPreviewDigests(deps.db, { after, limit: PAGE });
    for (const { sha256, previewSha256 } of page) {
      if (tried.size >= REMADE_MAX) return counts;
      if (await isMissing(deps, stored, previewSha256)) await make(sha256);
    }
    const last = page.at(-1);
    if (!last) return counts;
    after = { sha256: last.sha256, width: last.width };
  }
}

/** False when the file itself is missing, or is no picture any more. */
async function remade(deps: CheckDeps, sha256: string): Promise<boolean> {
  try {
    await makePreviews(deps, sha256);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'provider_unavailable') throw error;
    return false;
  }
}

/** Reads today's share of the files and compares their bytes with their digest. */
async function findDamaged(deps: CheckDeps, stored: ReadonlySet<string>, signal: AbortSignal): Promise<{ read: number; digests: readonly string[] }> {
  const today = Math.floor(deps.now().getTime() / DAY_MS) % READ_WITHIN_DAYS;
  const digests: string[] = [];
  let read = 0;
  for (const sha256 of stored) {
    if (Number.parseInt(sha256.slice(0, 2), 16) % READ_WITHIN_DAYS !== today) continue;
    if (read >= READ_MAX) break;
    signal.throwIfAborted();
    if ((await readWhole(deps.assets, sha256)) === 'damaged') digests.push(sha256);
    read += 1;
  }
  return { read, digests };
}

const counted = (count: number, one: string) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
