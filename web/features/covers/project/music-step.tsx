import { useState } from 'react';
import { PencilSimple } from '@phosphor-icons/react/PencilSimple';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import { dayAndTime } from '#web/lib/dates.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { MusicPicture } from '../analysis/music-picture.tsx';
import { SourceForm } from '../start/source-form.tsx';
import { DeleteCover } from './delete-cover.tsx';
import { NextStep } from './next-step.tsx';
import { StepLayout } from './step-layout.tsx';
import { StepProblem } from './step-problem.tsx';
import { useCoverChange } from './use-cover.ts';
import styles from './music-step.module.css';

/** The first step: what the music is about, before anything is made of it. */
export function MusicStep({ cover }: { readonly cover: CoverView }) {
  const { music } = cover;
  const [isChanging, setChanging] = useState(false);
  const change = useCoverChange('changeSource', cover.id, () => setChanging(false));
  const again = useCoverChange('analyzeAgain', cover.id);
  return (
    <StepLayout
      form={
        <>
          <div className={styles['head']}>
            <h1>{music ? (music.name ?? plural(music.analysis.tracks, 'track')) : 'The music'}</h1>
            {music ? <p className={styles['origin']}>{describeOrigin(cover)}</p> : null}
          </div>
          {isChanging || !music ? (
            <SourceForm
              initial={cover.source}
              submitLabel="Read the music"
              isPending={change.isPending}
              error={change.error}
              onSubmit={(source) => change.mutate({ coverId: cover.id, source })}
              other={
                music ? (
                  <Button look="quiet" onClick={() => setChanging(false)}>
                    Cancel
                  </Button>
                ) : null
              }
            />
          ) : (
            <div>
              <Button icon={<PencilSimple size={16} aria-hidden />} onClick={() => setChanging(true)}>
                Use other music
              </Button>
            </div>
          )}
          <StepProblem
            step={cover.steps.analysis}
            what="The music could not be read."
            onRetry={() => again.mutate({ coverId: cover.id })}
            isRetrying={again.isPending}
          />
          {music && music.notes.length > 0 ? (
            <ul className={styles['notes']} aria-label="Notes">
              {music.notes.map((note) => (
                <li key={note}>
                  <StatusText tone="soon">{note}</StatusText>
                </li>
              ))}
            </ul>
          ) : null}
          {music ? (
            <div className={styles['sentences']}>
              <h2>What the music says</h2>
              {music.analysis.sentences.map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
            </div>
          ) : null}
          <DeleteCover cover={cover} />
        </>
      }
      bar={music ? <NextStep cover={cover} to="words" says={<b>{plural(music.analysis.tracks, 'track')} analyzed.</b>} /> : null}
    >
      {music ? <MusicPicture analysis={music.analysis} /> : <div className={styles['waiting']}>What the music is about appears here.</div>}
    </StepLayout>
  );
}

function describeOrigin({ music, source }: CoverView): string {
  if (!music) return '';
  const kind =
    source.kind === 'playlist'
      ? `Playlist ${source.index} of the network`
      : { playlist: 'Playlist', album: 'Album', list: 'Pasted list' }[music.kind];
  const read = music.readAt === null ? '' : `, read from Spotify ${dayAndTime(music.readAt, new Date().toISOString().slice(0, 10))}`;
  return `${kind}, ${plural(music.analysis.tracks, 'track')}${read}`;
}
