import type { CoverView } from '#shared/contracts/covers/projects.ts';
import { ModelChoice } from '#web/features/studio/models/model-choice.tsx';
import { useModels } from '#web/features/studio/models/use-models.ts';
import { OwnUsage } from '#web/features/studio/usage/own-usage.tsx';
import { PaletteReason } from '../analysis/palette-reason.tsx';
import { EarlierPictures } from '../picture/earlier-pictures.tsx';
import { LocalPictures } from '../picture/local-pictures.tsx';
import { LocalWishes } from '../picture/local-wishes.tsx';
import { ModelWishes } from '../picture/model-wishes.tsx';
import { OwnFile } from '../picture/own-file.tsx';
import { ReadingList } from '../picture/reading-list.tsx';
import { RenderedPictures } from '../picture/rendered-pictures.tsx';
import { LOCAL_MODEL } from './drafts.ts';
import type { PictureDraft } from './drafts.ts';
import { NextStep } from './next-step.tsx';
import { FoldedPart, StepBar, StepLayout, StepPart } from './step-layout.tsx';
import { StepProblem } from './step-problem.tsx';

interface PictureStepProps {
  readonly cover: CoverView;
  readonly title: string;
  readonly draft: PictureDraft;
  readonly onDraft: (draft: PictureDraft) => void;
}

/** The third step: pictures side by side, drawn by Segue or by a model, with why they have these colors and what each number drew. */
export function PictureStep({ cover, title, draft, onDraft }: PictureStepProps) {
  const models = useModels();
  const find = (id: string) => models?.find((view) => view.model.id === id)?.model;
  const model = find(draft.modelId);
  const isLocal = draft.modelId === LOCAL_MODEL;
  const working = cover.music?.analysis.palette?.working ?? [];
  return (
    <StepLayout
      form={
        <>
          <h1>The picture</h1>
          <StepProblem step={cover.steps.picture} what="The picture could not be drawn." />
          {models ? (
            <FoldedPart title="Drawn by Segue, or by a model">
              <StepPart title="Drawn by">
                <ModelChoice
                  models={models}
                  chosen={draft.modelId}
                  onChoose={(modelId) => onDraft({ ...draft, modelId, modelBefore: draft.modelId })}
                />
              </StepPart>
            </FoldedPart>
          ) : null}
          {isLocal || !model ? (
            <FoldedPart title="Family, palette, and what the numbers drew">
              <LocalWishes draft={draft} onDraft={onDraft} />
              {cover.picture?.drawn ? <ReadingList readings={cover.picture.drawn.readings} /> : null}
            </FoldedPart>
          ) : (
            <ModelWishes cover={cover} model={model} before={find(draft.modelBefore) ?? model} draft={draft} onDraft={onDraft} />
          )}
          <OwnFile cover={cover} />
        </>
      }
      bar={
        cover.picture ? (
          <NextStep
            cover={cover}
            to="type"
            says={
              cover.picture.origin === 'render' ? (
                <OwnUsage />
              ) : (
                <>
                  <b>No cost.</b> Pictures drawn by Segue are free.
                </>
              )
            }
          />
        ) : (
          <StepBar says="Choose a picture. You can come back and choose another at any time.">{null}</StepBar>
        )
      }
    >
      {isLocal ? (
        <LocalPictures cover={cover} title={title} draft={draft} onDraft={onDraft} />
      ) : (
        <RenderedPictures cover={cover} onDrawLocally={() => onDraft({ ...draft, modelId: LOCAL_MODEL, modelBefore: draft.modelId })} />
      )}
      <EarlierPictures cover={cover} />
      {isLocal ? (
        <StepPart title="Why this palette">
          <PaletteReason working={working} />
        </StepPart>
      ) : null}
    </StepLayout>
  );
}
