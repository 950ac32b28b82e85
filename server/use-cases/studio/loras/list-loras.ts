import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listLoraRows } from '#server/repos/studio/loras.ts';
import type { LoraRow } from '#server/repos/studio/loras.ts';
import type { LoraFileView, LorasView, LoraView } from '#shared/contracts/studio/loras.ts';
import { loraFacts } from '#shared/domain/studio/loras/lora-facts.ts';
import { LORA_HOSTS } from '#shared/domain/studio/loras/lora-link.ts';
import { AppError } from '#shared/errors.ts';
import { offeredLora } from './list-offered-loras.ts';
import { loraFileOf } from './lora-file-of.ts';

type LoraFile = Awaited<ReturnType<Deps['loraFiles']['list']>>[number];

/** All LoRAs, active or not, with what was checked of each, and the files that could be added. Reads headers, never whole files. */
export async function listLoras(deps: Pick<Deps, 'db' | 'loraFiles'>, actor: Actor): Promise<LorasView> {
  requireAdmin(actor);
  const [rows, found] = await Promise.all([listLoraRows(deps.db), deps.loraFiles.list()]);
  const files: LoraFileView[] = [];
  for (const file of found) files.push(await fileView(deps, file, rows));
  return { loras: rows.flatMap((row) => loraView(row, found) ?? []), files, folder: deps.loraFiles.folder, hosts: LORA_HOSTS };
}

const LINK_CHECK =
  'Not checked: Segue does not download the link. Its base model is as you gave it, and the file behind the link can change without notice.';

function loraView(row: LoraRow, files: readonly LoraFile[]): LoraView | undefined {
  const offered = offeredLora(row);
  const source = sourceOf(row, files);
  if (!offered || !source) return undefined;
  const check =
    source.kind === 'link'
      ? LINK_CHECK
      : 'Header and digest were read when it was added. Renders need a link: a local file is not sent to vendors yet.';
  return {
    ...offered,
    active: row.active,
    source,
    check,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

function sourceOf(row: LoraRow, files: readonly LoraFile[]): LoraView['source'] | undefined {
  if (row.sourceUrl !== null) return { kind: 'link', url: row.sourceUrl };
  if (row.fileSha256 === null) return undefined;
  const { fileName, bytes } = loraFileOf(row);
  const isMissing = !files.some((file) => file.fileName === fileName && file.bytes === bytes);
  return { kind: 'file', sha256: row.fileSha256, fileName, bytes, isMissing };
}

/** A file that cannot be used is listed with the reason. */
async function fileView({ loraFiles }: Pick<Deps, 'loraFiles'>, file: LoraFile, rows: readonly LoraRow[]): Promise<LoraFileView> {
  try {
    const { header } = await loraFiles.readHeader(file.fileName);
    const savedAs = rows.find((row) => row.fileSha256 !== null && loraFileOf(row).fileName === file.fileName)?.name ?? null;
    return { ...file, kind: 'readable', ...loraFacts(header), tensors: header.tensors.length, savedAs };
  } catch (error) {
    if (error instanceof AppError) return { ...file, kind: 'refused', reason: error.message };
    throw error;
  }
}
