import { ART_FAMILY_NAMES } from '#shared/domain/covers/art/family-names.ts';
import type { ArtFamily } from '#shared/domain/covers/art/family-names.ts';
import { SelectField } from '#web/ui/controls/field.tsx';
import { FAMILY_LABELS } from '../art/family-labels.ts';
import type { PictureDraft } from '../project/drafts.ts';
import { StepPart } from '../project/step-layout.tsx';
import { PaletteChoice } from './palette-choice.tsx';

/** What may be asked of pictures that Segue draws: the family and the palette. Every change shows at once. */
export function LocalWishes({ draft, onDraft }: { readonly draft: PictureDraft; readonly onDraft: (draft: PictureDraft) => void }) {
  const chooseFamily = (value: string) => {
    const family: ArtFamily | 'auto' = ART_FAMILY_NAMES.find((one) => one === value) ?? 'auto';
    onDraft({ ...draft, family, page: 0 });
  };
  return (
    <>
      <SelectField
        label="Family"
        value={draft.family}
        onChange={(event) => chooseFamily(event.target.value)}
        hint={draft.family === 'auto' ? 'Each picture is of another family.' : `${FAMILY_LABELS[draft.family].draws}.`}
      >
        <option value="auto">All families</option>
        {ART_FAMILY_NAMES.map((family) => (
          <option key={family} value={family}>
            {FAMILY_LABELS[family].name}
          </option>
        ))}
      </SelectField>
      <StepPart title="Palette">
        <PaletteChoice chosen={draft.palette} onChoose={(palette) => onDraft({ ...draft, palette })} />
      </StepPart>
    </>
  );
}
