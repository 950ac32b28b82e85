import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertSources, listSources } from '#server/repos/catalog/album-sources.ts';
import type { NewSource } from '#server/repos/catalog/album-sources.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { SubmitImportInput } from '#shared/contracts/catalog/import.ts';
import type { ImportReceiptView } from '#shared/contracts/catalog/import-views.ts';
import { IMPORT_CHARS_MAX, IMPORT_LINES_MAX, splitImportInSteps } from '#shared/domain/catalog/split-import.ts';
import type { SplitImport } from '#shared/domain/catalog/split-import.ts';
import { parseAlbumLine } from '#shared/domain/catalog/spotify-link.ts';
import { cutText } from '#shared/domain/text.ts';
import { AppError } from '#shared/errors.ts';
import { runInSteps } from '#server/use-cases/run-in-steps.ts';
import { toImportLine } from './import-line.ts';

/**
 * Queues album links for import, one or ten thousand, and returns the status of each line at once; the job that reads the albums commits with the
 * lines. Throws `too_large` or `invalid_input` before anything is stored when the text exceeds the limits or is empty.
 */
export async function submitImport(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: SubmitImportInput): Promise<ImportReceiptView> {
  requireAdmin(actor);
  const { lines, blankLines } = await splitWithinLimits(input.text);
  const sources = lines.map((line): NewSource => {
    const parsed = parseAlbumLine(line.given);
    const given = cutText(line.given, GIVEN_KEPT);
    if (parsed.kind === 'refused') return { lineNumber: line.lineNumber, given, albumId: null, failure: parsed.failure };
    return { lineNumber: line.lineNumber, given, albumId: parsed.id, failure: null };
  });
  const intakeId = deps.newId();
  const stored = await deps.db.transaction(async (tx) => {
    await insertSources(tx, { id: intakeId, submittedBy: actorName(actor), at: deps.now() }, sources);
    if (sources.some((source) => source.albumId))
      await enqueueJob(tx, 'ingest-albums', { payload: { trigger: 'intake' }, key: 'ingest-albums', queue: 'ingest-albums' });
    return listSources(tx, { intakeId, limit: IMPORT_LINES_MAX });
  });
  const count = (status: string) => stored.filter((row) => row.status === status).length;
  return { intakeId, queued: count('queued'), duplicates: count('duplicate'), failed: count('failed'), blankLines, lines: stored.map(toImportLine) };
}

/** Characters stored of each line: enough to recognize it. */
const GIVEN_KEPT = 300;

async function splitWithinLimits(text: string): Promise<SplitImport> {
  if (text.length > IMPORT_CHARS_MAX) {
    throw new AppError('too_large', {
      message: `The list is ${(text.length / 1e6).toFixed(1)} MB; the maximum is ${IMPORT_CHARS_MAX / 1e6} MB. Nothing was imported.`,
      remedy: 'Split it into smaller files and import them one after another.',
      field: 'text',
    });
  }
  const split = await runInSteps(splitImportInSteps(text));
  if (split.lines.length > IMPORT_LINES_MAX) {
    throw new AppError('invalid_input', {
      message: `The list has ${split.lines.length.toLocaleString('en')} lines; the maximum is ${IMPORT_LINES_MAX.toLocaleString('en')} an import. Nothing was imported.`,
      remedy: `Import the first ${IMPORT_LINES_MAX.toLocaleString('en')} lines, then the rest.`,
      field: 'text',
    });
  }
  if (split.lines.length === 0) {
    throw new AppError('invalid_input', { message: 'The list is empty.', remedy: 'Paste album links, one per line.', field: 'text' });
  }
  return split;
}
