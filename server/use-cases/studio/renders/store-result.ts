import type { CoverPreviews } from '#server/providers/cover-ports.ts';
import type { RenderedFile } from '#server/providers/render-ports.ts';
import { settleCost } from '#server/repos/studio/usage/costs.ts';
import { changeRender } from '#server/repos/studio/renders.ts';
import type { RenderRow } from '#server/repos/studio/renders.ts';
import { makePreviews } from '#server/use-cases/studio/files/make-previews.ts';
import { posterOf } from '#server/use-cases/studio/files/video-poster.ts';
import type { Model } from '#shared/domain/studio/model.ts';
import { settlementOf } from '#shared/domain/studio/settlement.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { AppError } from '#shared/errors.ts';
import { assetId } from '#shared/ids.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { chargeOf, finishRender } from './finish-render.ts';
import type { RenderDeps } from './render-deps.ts';
import { saysOf, tryAgainIn } from './render-errors.ts';

/** While the disk is full the vendor is asked again after this long. */
const FULL_DISK_MS = 15_000;
/** A result that only this process has is tried this often. */
const TRIES_WITHOUT_TICKET = 24;
const TRY_EVERY_MS = 5_000;

interface Answer {
  readonly row: RenderRow;
  readonly model: Model | undefined;
  readonly files: readonly RenderedFile[];
}

/**
 * Stores the files of an answer: first on the disk, then named in the row with the charge, so that a crash after that loses nothing. Then previews, which
 * are drawn in the meantime, and the end. A canceled render that costs nothing is dropped; one that costs is kept. Throws `rate_limited` while the disk is full and the vendor keeps the result.
 */
export async function storeResult(deps: RenderDeps, { row, model, files }: Answer): Promise<void> {
  if (row.cancelRequestedAt !== null && row.estimateUsdMicros === 0) {
    await finishRender(deps, row.id, { from: ['sending', 'waiting'], state: 'canceled', error: null, settlement: { state: 'refunded' } });
    return;
  }
  const written = await writeFiles(deps, { row, model, files });
  if (!written) return;
  const { stored, previews } = written;
  deps.faultPoint('render.after_files');
  await markAnswered(deps, row, { result: stored, error: null });
  deps.faultPoint('render.after_result');
  await showResult(deps, { ...row, result: stored }, previews);
}

/** The last steps of a render whose files are stored. Safe to repeat. `previews` are those of the files in their order; others are drawn here. */
export async function showResult(deps: RenderDeps, row: RenderRow, previews: readonly Promise<CoverPreviews>[] = []): Promise<void> {
  const at = deps.now();
  const assets = [];
  for (const [position, file] of (row.result ?? []).entries()) {
    const look = await lookOf(deps, row, { file, drawn: previews[position] });
    assets.push({ ...file, position, ...look, id: assetId.parse(deps.newId()), userId: row.userId, renderId: row.id, createdAt: at });
  }
  deps.faultPoint('render.after_previews');
  deps.faultPoint('render.before_done');
  await finishRender(deps, row.id, {
    from: ['storing'],
    state: 'done',
    error: null,
    settlement: settlementOf('yes', row.chargeUsdMicros ?? row.estimateUsdMicros),
    assets,
  });
  deps.faultPoint('render.after_done');
}

/** A video is shown by the picture it starts from; one without such a picture has no previews. */
async function lookOf(
  deps: RenderDeps,
  row: RenderRow,
  { file, drawn }: { readonly file: StoredFile; readonly drawn: Promise<CoverPreviews> | undefined },
) {
  if (!file.mediaType.startsWith('video/')) return makePreviews(deps, file.sha256, drawn).catch(ignoreFullDisk);
  const sha256 = posterOf(row);
  const picture = sha256 === undefined ? undefined : await deps.assets.read(sha256);
  return picture ? makePreviews(deps, file.sha256, deps.coverFiles.previewsOf(picture)).catch(ignoreFullDisk) : null;
}

/** Previews are made again when one is missing, so a picture does not wait for them. */
function ignoreFullDisk(error: unknown): null {
  if (error instanceof AppError && error.code === 'unavailable') return null;
  throw error;
}

type StoredFile = NonNullable<RenderRow['result']>[number];

interface WrittenFiles {
  readonly stored: StoredFile[];
  readonly previews: readonly Promise<CoverPreviews>[];
}

/** Undefined when the render failed here: an unreadable file, or a disk that stayed full until the result was gone. */
async function writeFiles(deps: RenderDeps, answer: Answer): Promise<WrittenFiles | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await writeOnce(deps, answer);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code !== 'unavailable') return await failPaid(deps, answer.row, `${saysOf(error)} The vendor was paid.`);
      if (await isLost(deps, answer, { error, tries })) return undefined;
    }
  }
}

async function writeOnce(deps: RenderDeps, { model, files }: Answer): Promise<WrittenFiles> {
  const stored: StoredFile[] = [];
  const previews: Promise<CoverPreviews>[] = [];
  for (const file of files) {
    if (model?.outputs.kind === 'video') {
      const { bytes, ...facts } = await deps.videoFiles.bareVideo(file.bytes);
      const { sha256 } = await deps.assets.write(bytes);
      stored.push({ ...facts, sha256, bytes: bytes.length, seed: file.seed });
      continue;
    }
    const { bytes, ...facts } = await deps.coverFiles.bareImage(file.bytes);
    const drawing = deps.coverFiles.previewsOf(bytes);
    // Awaited once the file is stored; a damaged one is reported there.
    drawing.catch(() => {});
    previews.push(drawing);
    const { sha256 } = await deps.assets.write(bytes);
    stored.push({ ...facts, sha256, bytes: bytes.length, seed: file.seed });
  }
  return { stored, previews };
}

/** Says that the disk is full, and waits: for the vendor's copy through the queue, for the only copy here. True when the result is gone for good. */
async function isLost(deps: RenderDeps, { row, model }: Answer, { error, tries }: { error: AppError; tries: number }): Promise<boolean> {
  const name = STUDIO_VENDOR_NAMES[row.vendor];
  const kept = row.ticket === null ? 'Segue keeps trying' : `${name} keeps the picture for a short time and Segue keeps trying`;
  const answered = await markAnswered(deps, row, { result: null, error: `${saysOf(error)} ${kept}.` });
  const heldMs = (model?.resultKeptSeconds ?? 0) * 1000;
  const agoMs = deps.now().getTime() - (answered?.answeredAt ?? deps.now()).getTime();
  if (row.ticket !== null && agoMs <= heldMs) throw tryAgainIn(FULL_DISK_MS, error);
  if (row.ticket === null && tries < TRIES_WITHOUT_TICKET) {
    await wait(TRY_EVERY_MS);
    return false;
  }
  await failPaid(
    deps,
    row,
    `The disk for pictures was full until ${name} deleted the picture. It was paid. Ask the operator to free space, then retry.`,
  );
  return true;
}

/** Ends a render that was paid but has no picture. */
export async function failPaid(deps: RenderDeps, row: RenderRow, error: string): Promise<undefined> {
  const settlement = settlementOf('yes', row.chargeUsdMicros ?? row.estimateUsdMicros);
  await finishRender(deps, row.id, { from: ['sending', 'waiting', 'storing'], state: 'failed', error, settlement });
}

/** From here on the cost is known, whatever becomes of the files. */
async function markAnswered(deps: RenderDeps, row: RenderRow, what: Pick<RenderRow, 'result' | 'error'>): Promise<RenderRow | undefined> {
  const at = deps.now();
  const settlement = settlementOf('yes', row.chargeUsdMicros ?? row.estimateUsdMicros);
  return deps.db.transaction(async (tx) => {
    const answeredAt = row.answeredAt ?? at;
    const set = {
      ...what,
      state: 'storing',
      progress: null,
      attempts: 0,
      answeredAt,
      finishedAt: null,
      changedAt: at,
      ...chargeOf(settlement),
    } as const;
    // An unknown one, too: a worker that was paused may still bring its answer.
    const changed = await changeRender(tx, row.id, { from: ['sending', 'waiting', 'storing', 'unknown'], set });
    if (changed) await settleCost(tx, { renderId: row.id, at, ...settlement });
    return changed;
  });
}
