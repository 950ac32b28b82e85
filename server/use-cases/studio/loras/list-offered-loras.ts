import type { Deps } from '#server/deps.ts';
import { listLoraRows } from '#server/repos/studio/loras.ts';
import type { LoraRow } from '#server/repos/studio/loras.ts';
import type { OfferedLora } from '#shared/contracts/studio/loras.ts';
import { modelsForLora } from '#shared/domain/studio/loras/lora-bases.ts';
import { LORA_BASES } from '#shared/domain/studio/model.ts';

/** The active LoRAs that a vendor can download, without where they come from. */
export async function listOfferedLoras(deps: Pick<Deps, 'db'>): Promise<readonly OfferedLora[]> {
  const rows = await listLoraRows(deps.db, { isActive: true });
  return rows.filter((row) => row.sourceUrl !== null).flatMap((row) => offeredLora(row) ?? []);
}

/** What people see of a LoRA; undefined when its base model is no longer known. */
export function offeredLora({ id, name, base, triggers, defaultWeight }: LoraRow): OfferedLora | undefined {
  const known = LORA_BASES.find((each) => each === base);
  return known && { id, name, base: known, triggers, defaultWeight, models: modelsForLora(known).map((model) => model.id) };
}
