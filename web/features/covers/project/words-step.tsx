import { useEffect, useState } from 'react';
import { ArrowsClockwise } from '@phosphor-icons/react/ArrowsClockwise';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextArea, TextField } from '#web/ui/controls/field.tsx';
import { InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { TitleTiles } from '../words/title-tiles.tsx';
import type { WordsDraft } from './drafts.ts';
import { proposalsOf } from './drafts.ts';
import { FoldedPart, StepBar, StepLayout, StepPart } from './step-layout.tsx';
import { StepProblem } from './step-problem.tsx';
import { useCoverChange } from './use-cover.ts';
import { WordsSource } from '../words/words-source.tsx';
import { useOpenStep } from './use-open-step.ts';

interface WordsStepProps {
  readonly cover: CoverView;
  readonly draft: WordsDraft;
  readonly onDraft: (draft: WordsDraft) => void;
}

/** The second step: three titles, each drawn on a cover, or the person's own; what is typed stays when another step is opened. */
export function WordsStep({ cover, draft, onDraft }: WordsStepProps) {
  const openStep = useOpenStep(cover.id);
  const propose = useCoverChange('proposeTitles', cover.id);
  const save = useCoverChange('setWords', cover.id, () => openStep('picture'));
  const [asked, setAsked] = useState({ mood: '', prompt: '' });
  const needsProposals = cover.music !== null && cover.proposals.length === 0;
  const { mutate: ask, isIdle } = propose;
  useEffect(() => {
    if (needsProposals && isIdle) ask({ coverId: cover.id, seed: seedOf(cover.id) });
  }, [needsProposals, isIdle, ask, cover.id]);
  const [latest] = cover.proposals;
  const titleProblem = save.error && describeProblem(save.error).field === 'title' ? describeProblem(save.error) : null;
  const more = () =>
    ask({
      coverId: cover.id,
      seed: Math.floor(Math.random() * 2 ** 31),
      ...(asked.mood.trim() ? { mood: asked.mood } : {}),
      ...(asked.prompt.trim() ? { prompt: asked.prompt } : {}),
    });
  return (
    <StepLayout
      form={
        <>
          <h1>Words on the cover</h1>
          <TextField
            label="Title"
            dir="auto"
            value={draft.title}
            maxLength={500}
            onChange={(event) => onDraft({ ...draft, title: event.target.value })}
            error={titleProblem ? [titleProblem.message, titleProblem.remedy].filter(Boolean).join(' ') : null}
            hint="Choose one at the right, or write your own."
          />
          <TextField
            label="Small line"
            dir="auto"
            value={draft.subtitle}
            maxLength={500}
            onChange={(event) => onDraft({ ...draft, subtitle: event.target.value })}
            hint="Leave empty for none."
          />
          <FoldedPart title="Your mood and wishes">
            <TextField
              label="Your mood"
              dir="auto"
              value={asked.mood}
              maxLength={200}
              placeholder="wet streets, warm inside"
              onChange={(event) => setAsked({ ...asked, mood: event.target.value })}
              hint="Used when you ask for three more titles."
            />
            <TextArea
              label="What the picture should show"
              data-prompt
              dir="auto"
              rows={4}
              value={draft.picturePrompt}
              maxLength={2_000}
              onChange={(event) => onDraft({ ...draft, picturePrompt: event.target.value })}
              hint="For image models. Pictures drawn by Segue follow the music instead."
            />
          </FoldedPart>
          <StepProblem step={cover.steps.words} what="The words could not be proposed." onRetry={more} isRetrying={propose.isPending} />
          {propose.error ? <InlineError error={propose.error} /> : null}
          {save.error && !titleProblem ? <InlineError error={save.error} /> : null}
        </>
      }
      bar={
        <StepBar says={latest ? <WordsSource words={latest} /> : null}>
          <Button
            look="primary"
            disabled={draft.title.trim() === ''}
            working={save.isPending ? 'Saving…' : false}
            onClick={() =>
              save.mutate({
                coverId: cover.id,
                title: draft.title,
                subtitle: draft.subtitle.trim() === '' ? null : draft.subtitle,
                picturePrompt: draft.picturePrompt.trim() === '' ? null : draft.picturePrompt,
                paletteId: draft.paletteId,
              })
            }
          >
            Use this title
          </Button>
        </StepBar>
      }
    >
      {cover.music && (latest || draft.title !== '') ? (
        <StepPart
          title="Titles"
          note={
            <Button icon={<ArrowsClockwise size={16} aria-hidden />} working={propose.isPending ? 'Asking…' : false} onClick={more}>
              Three more
            </Button>
          }
        >
          <TitleTiles
            analysis={cover.music.analysis}
            proposals={proposalsOf(cover)}
            title={draft.title}
            paletteId={draft.paletteId}
            onChoose={(chosen) => onDraft({ ...draft, ...chosen })}
          />
        </StepPart>
      ) : (
        <Skeleton height="320px" />
      )}
    </StepLayout>
  );
}

/** The first titles of a cover are the same each time the page is opened. */
function seedOf(coverId: string): number {
  return Number.parseInt(coverId.slice(0, 7), 16);
}
