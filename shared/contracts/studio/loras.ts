import { z } from 'zod';
import { LORA_BASES } from '#shared/domain/studio/model.ts';
import type { LoraBase } from '#shared/domain/studio/model.ts';
import { loraId } from '#shared/ids.ts';
import { nameInput, numberInput, textInput } from '#shared/input-types.ts';
import { loraFileName } from './lora-upload.ts';

const loraName = nameInput(80);
const triggers = z.array(nameInput(100)).max(20, 'takes at most 20');
/** fal takes 0 to 4; above 2 pictures fall apart, but that is the operator's choice. */
const weight = numberInput(0, 4);
const base = z.enum(LORA_BASES, 'is not a base model that a model here has');
/** A LoRA that the vendor downloads from its link. Segue never reads the link, so its base model is taken as given. */
export const saveLoraLinkInput = z.strictObject({ name: loraName, url: textInput(1_000), base, triggers, defaultWeight: weight });
export type SaveLoraLinkInput = z.infer<typeof saveLoraLinkInput>;

/** A LoRA from a file in the folder of LoRA files. `base` is needed only when the file does not show it. */
export const saveLoraFileInput = z.strictObject({ name: loraName, fileName: loraFileName, base: base.optional(), triggers, defaultWeight: weight });
export type SaveLoraFileInput = z.infer<typeof saveLoraFileInput>;

export const changeLoraInput = z.strictObject({
  id: loraId,
  name: loraName.optional(),
  triggers: triggers.optional(),
  defaultWeight: weight.optional(),
  active: z.boolean('must be on or off').optional(),
});
export type ChangeLoraInput = z.infer<typeof changeLoraInput>;

export const removeLoraInput = z.strictObject({ id: loraId });
export type RemoveLoraInput = z.infer<typeof removeLoraInput>;

/** A LoRA that people may choose. */
export interface OfferedLora {
  readonly id: string;
  readonly name: string;
  readonly base: LoraBase;
  /** Words that the prompt should contain. */
  readonly triggers: readonly string[];
  readonly defaultWeight: number;
  /** Ids of the models that take it. */
  readonly models: readonly string[];
}

/** A LoRA as the operator sees it. */
export interface LoraView extends OfferedLora {
  readonly active: boolean;
  readonly source:
    | { readonly kind: 'link'; readonly url: string }
    | { readonly kind: 'file'; readonly sha256: string; readonly fileName: string; readonly bytes: number; readonly isMissing: boolean };
  /** What was checked of the file, as a sentence: for a link, that nothing was. */
  readonly check: string;
  readonly checkedAt: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** A file in the folder of LoRA files, as its header describes it. Everything in it is somebody else's text. */
export type LoraFileView = { readonly fileName: string; readonly bytes: number } & (
  | {
      readonly kind: 'readable';
      /** Null when the tensors do not show it, or no model here takes it. */
      readonly base: LoraBase | null;
      /** What the tensors show, such as "FLUX.1" or "SDXL"; null when they do not. */
      readonly baseName: string | null;
      readonly tensors: number;
      readonly triggers: readonly string[];
      /** Frequent captions of its training, as suggestions. */
      readonly suggestions: readonly string[];
      /** The LoRA that was saved from this file. */
      readonly savedAs: string | null;
    }
  /** `reason` says why it cannot be used, as a sentence. */
  | { readonly kind: 'refused'; readonly reason: string }
);

/** A file that can be added, when a model here uses its base. */
export type ReadableLoraFile = Extract<LoraFileView, { readonly kind: 'readable' }>;

/** All LoRAs, with what an operator needs to add one. */
export interface LorasView {
  readonly loras: readonly LoraView[];
  readonly files: readonly LoraFileView[];
  /** Where the operator puts LoRA files. */
  readonly folder: string;
  /** Hosts that a link may name. */
  readonly hosts: readonly string[];
}
