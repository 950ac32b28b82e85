import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listLoraRows } from '#server/repos/studio/loras.ts';
import type { LoraRow } from '#server/repos/studio/loras.ts';
import type { LorasView, LoraView } from '#shared/contracts/studio/loras.ts';
import { LORA_HOSTS } from '#shared/domain/studio/loras/lora-link.ts';
import { offeredLora } from './list-offered-loras.ts';

/** All LoRAs, active or not, with what was checked of each. */
export async function listLoras(deps: Pick<Deps, 'db'>, actor: Actor): Promise<LorasView> {
  requireAdmin(actor);
  const loras = (await listLoraRows(deps.db)).flatMap((row) => loraView(row) ?? []);
  return { loras, files: [], folder: '', hosts: LORA_HOSTS };
}

const LINK_CHECK =
  'Not checked: Segue does not download the link. Its base model is as you gave it, and the file behind the link can change without notice.';

function loraView(row: LoraRow): LoraView | undefined {
  const offered = offeredLora(row);
  if (!offered || row.sourceUrl === null) return undefined;
  return {
    ...offered,
    active: row.active,
    source: { kind: 'link', url: row.sourceUrl },
    check: LINK_CHECK,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}
