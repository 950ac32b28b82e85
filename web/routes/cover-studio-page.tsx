import { useState } from 'react';
import { getRouteApi } from '@tanstack/react-router';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import type { CoverId } from '#shared/ids.ts';
import { nextOpenStep } from '#web/features/covers/project/cover-steps.ts';
import { FIRST_PICTURES, wordsDraftOf } from '#web/features/covers/project/drafts.ts';
import type { WordsDraft } from '#web/features/covers/project/drafts.ts';
import { MusicStep } from '#web/features/covers/project/music-step.tsx';
import { PictureStep } from '#web/features/covers/project/picture-step.tsx';
import { StepRail } from '#web/features/covers/project/step-rail.tsx';
import { TypeStep } from '#web/features/covers/project/type-step.tsx';
import { UploadStep } from '#web/features/covers/project/upload-step.tsx';
import { useCover } from '#web/features/covers/project/use-cover.ts';
import { WordsStep } from '#web/features/covers/project/words-step.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';
import styles from './cover-studio-page.module.css';

const route = getRouteApi('/covers/$coverId');

/** The cover studio: one cover in five steps. Every step can be opened at any time; what is typed stays while others are open. */
export function CoverStudioPage() {
  const { coverId } = route.useParams();
  const cover = useCover(coverId as CoverId);
  usePageTitle(cover.data ? (cover.data.words?.title ?? cover.data.music?.name ?? 'Cover') : 'Cover');
  if (cover.error && !cover.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={cover.error} what="Can’t open this cover" onRetry={() => void cover.refetch()} />
      </div>
    );
  }
  return <div className="wrap">{cover.data ? <Steps key={coverId} cover={cover.data} /> : <StepsSkeleton />}</div>;
}

function Steps({ cover }: { readonly cover: CoverView }) {
  const { step: asked } = route.useSearch();
  // The step that was open first stays open when it becomes ready; only the person moves on.
  const [first] = useState(() => (cover.words === null && cover.music !== null ? 'analysis' : nextOpenStep(cover)));
  const step = asked ?? first;
  const [typed, setTyped] = useState<WordsDraft | null>(null);
  const [pictures, setPictures] = useState(FIRST_PICTURES);
  const words = typed ?? wordsDraftOf(cover);
  return (
    <>
      <StepRail cover={cover} step={step} />
      {step === 'analysis' ? <MusicStep cover={cover} /> : null}
      {step === 'words' ? <WordsStep cover={cover} draft={words} onDraft={setTyped} /> : null}
      {step === 'picture' ? <PictureStep cover={cover} title={words.title} draft={pictures} onDraft={setPictures} /> : null}
      {step === 'type' ? <TypeStep cover={cover} /> : null}
      {step === 'upload' ? <UploadStep cover={cover} /> : null}
    </>
  );
}

function StepsSkeleton() {
  return (
    <div aria-busy>
      <h1 className="sr">Loading the cover</h1>
      <div className={styles['rail']} aria-hidden>
        <Skeleton width="100%" height="40px" />
      </div>
      <div className={styles['work']} aria-hidden>
        <Skeleton height="320px" />
        <Skeleton height="520px" />
      </div>
    </div>
  );
}
