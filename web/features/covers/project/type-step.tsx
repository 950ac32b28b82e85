import { useEffect, useRef, useState } from 'react';
import { ArrowsLeftRight } from '@phosphor-icons/react/ArrowsLeftRight';
import { DownloadSimple } from '@phosphor-icons/react/DownloadSimple';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { CompareCovers } from '../compare/compare-covers.tsx';
import { useVersions } from '../compare/use-versions.ts';
import type { CoverVersion } from '../compare/use-versions.ts';
import { LayoutChoice } from '../type/layout-choice.tsx';
import type { LayoutWish } from '../type/layout-choice.tsx';
import { layoutOf, swappedInks, withInks, withLayout } from '../type/type-wish.ts';
import type { TypeWish } from '../type/type-wish.ts';
import { TypeExport } from '../type/type-export.tsx';
import { TypePreview } from '../type/type-preview.tsx';
import { TypeReportText } from '../type/type-report-text.tsx';
import { NextStep } from './next-step.tsx';
import { StepBar, StepLayout, StepPart } from './step-layout.tsx';
import { StepProblem } from './step-problem.tsx';
import { useCoverChange } from './use-cover.ts';
import styles from './type-step.module.css';

/** The fourth step: the title over the picture, measured on the finished file. Every choice shows the finished cover. */
export function TypeStep({ cover }: { readonly cover: CoverView }) {
  const set = useCoverChange('setType', cover.id);
  const { mutate, isPending } = set;
  const versions = useVersions(cover);
  const { picture, words, finished } = cover;
  const isMissing = picture !== null && words !== null && (finished === null || cover.steps.type.state === 'stale');
  // The revision that the title was last set for without being asked: each is tried once.
  const triedFor = useRef<string | null>(null);
  useEffect(() => {
    if (!isMissing || isPending || triedFor.current === cover.changedAt) return;
    triedFor.current = cover.changedAt;
    mutate({ coverId: cover.id, ...cover.typeWish });
  }, [isMissing, isPending, mutate, cover.id, cover.changedAt, cover.typeWish]);
  // What was asked for shows at once, before the finished cover does.
  const [asked, setAsked] = useState<TypeWish | null>(null);
  const wish: TypeWish = asked ?? cover.typeWish ?? {};
  const setType = (next: TypeWish) => {
    setAsked(next);
    mutate({ coverId: cover.id, ...next }, { onSettled: () => setAsked(null) });
  };
  const choose = (layout: LayoutWish) => setType(withLayout(wish, layout));
  const choosePicture = useCoverChange('choosePicture', cover.id);
  /** A version is taken with the picture that it was made from. */
  const takeVersion = async (version: CoverVersion) => {
    if (version.pictureAsset !== cover.picture?.asset) await choosePicture.mutateAsync({ coverId: cover.id, assetId: version.pictureAsset });
    setType(version.wish);
  };
  return (
    <StepLayout
      form={
        <>
          <h1>The title on the picture</h1>
          <StepPart title="Where the type sits">
            <LayoutChoice chosen={layoutOf(wish)} onChoose={choose} />
          </StepPart>
          {cover.finished?.report ? (
            <div>
              <Button icon={<ArrowsLeftRight size={16} aria-hidden />} onClick={() => setType(withInks(wish, swappedInks(cover, wish)))}>
                Swap ink and ground
              </Button>
            </div>
          ) : null}
          {choosePicture.error ? <InlineError error={choosePicture.error} /> : null}
          {set.error ? <InlineError error={set.error} /> : <StepProblem step={cover.steps.type} what="The title could not be set." />}
          {cover.finished && !set.error ? <TypeReportText finished={cover.finished} /> : null}
          {cover.finished?.report ? <TypeExport cover={cover} /> : null}
        </>
      }
      bar={
        cover.finished ? (
          <NextStep cover={cover} to="upload" says={<b>{Math.round(cover.finished.bytes / 1_000)} KB, within Spotify’s limit.</b>}>
            <a className={buttonClass()} href={cover.finished.url} download={`${cover.words?.title ?? 'cover'}.jpg`}>
              <span className={styles['download']}>
                <DownloadSimple size={16} aria-hidden />
                Download
              </span>
            </a>
          </NextStep>
        ) : (
          <StepBar says={cover.picture ? 'The title is being set.' : 'Choose a picture first.'}>{null}</StepBar>
        )
      }
    >
      {cover.finished ? <TypePreview cover={cover.finished} title={cover.words?.title ?? ''} isBusy={set.isPending} /> : <Skeleton height="480px" />}
      <CompareCovers
        versions={versions}
        title={cover.words?.title ?? ''}
        isBusy={set.isPending}
        current={cover.finished?.asset ?? null}
        onUse={(version) => void takeVersion(version)}
      />
    </StepLayout>
  );
}
