import type { CoverView } from '#shared/contracts/covers/projects.ts';
import { changeModel } from '#shared/domain/studio/change-model.ts';
import type { Model, ModelValues } from '#shared/domain/studio/model.ts';
import { LoraChoice } from '#web/features/studio/loras/lora-choice.tsx';
import { ModelForm } from '#web/features/studio/models/model-form.tsx';
import type { PictureDraft } from '../project/drafts.ts';
import { ModelRequest } from './model-request.tsx';

interface ModelWishesProps {
  readonly cover: CoverView;
  readonly model: Model;
  /** The model that was chosen before, in whose words unused values are named. */
  readonly before: Model;
  readonly draft: PictureDraft;
  readonly onDraft: (draft: PictureDraft) => void;
}

/** The form of an image model with its estimate. A change of model keeps every value and lists what the new one does not use. */
export function ModelWishes({ cover, model, before, draft, onDraft }: ModelWishesProps) {
  const prompt = cover.words?.picturePrompt;
  const values: ModelValues = { ...(prompt ? { prompt } : {}), ...draft.values };
  const { usable, unused } = changeModel(values, { from: before, to: model }, 'text_to_image');
  return (
    <>
      <ModelForm
        model={model}
        task="text_to_image"
        values={values}
        unused={unused}
        onChange={(id, value) => onDraft({ ...draft, values: { ...draft.values, [id]: value } })}
      >
        <LoraChoice model={model} values={values} onChange={(loras) => onDraft({ ...draft, values: { ...draft.values, loras } })} />
      </ModelForm>
      <ModelRequest cover={cover} model={model} values={usable} />
    </>
  );
}
