import { ArrowSquareOut } from '@phosphor-icons/react/ArrowSquareOut';
import { LinkSimple } from '@phosphor-icons/react/LinkSimple';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PlaylistView } from '#shared/contracts/views.ts';
import { SleevePicture } from '#web/ui/sleeve/sleeve-picture.tsx';
import { listed, ordinal } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { Skeleton } from '#web/ui/feedback/states.tsx';
import { CertificatePanel } from './certificate-panel.tsx';
import styles from './front.module.css';

const COPIED_FOR_MS = 2_000;

/** The front of the sleeve: picture, name, where to hear it, and the proof. */
export function Front({ view }: { readonly view: PlaylistView }) {
  const { card } = view;
  const copy = view.copies.find((one) => one.spotifyUrl !== null);
  return (
    <section className={styles['front']}>
      <SleevePicture subject={card} label={`Sleeve of ${card.themeTag}`} />
      <div>
        <p className="label">Playlist {ordinal(card.index)}</p>
        <h1 className={`display ${styles['name']}`}>{card.themeTag}</h1>
        <p className={styles['say']}>
          {card.blurb ?? (card.artists.length > 0 ? `With ${listed(card.artists)}.` : 'Its first list is still to be chosen.')}
        </p>
        <div className={styles['acts']}>
          {copy?.spotifyUrl ? (
            <a className={buttonClass('primary')} href={copy.spotifyUrl} target="_blank" rel="noreferrer">
              <span className={styles['word']}>
                <ArrowSquareOut size={16} aria-hidden /> Open in Spotify
              </span>
            </a>
          ) : null}
          <CopyLink />
        </div>
        {view.copies.length > 0 ? <StandsOn copies={view.copies} /> : null}
        {view.certificate ? <CertificatePanel certificate={view.certificate} entries={view.entries} size={card.size} /> : null}
      </div>
    </section>
  );
}

function StandsOn({ copies }: Pick<PlaylistView, 'copies'>) {
  return (
    <p className={styles['stands']}>
      Carried by{' '}
      {copies.map(({ accountId, account }, at) => (
        <span key={accountId}>
          {at === 0 ? '' : at === copies.length - 1 ? ' and ' : ', '}
          <Link to="/accounts/$accountId" params={{ accountId }} className="link">
            {account}
          </Link>
        </span>
      ))}
    </p>
  );
}

function CopyLink() {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_FOR_MS);
  };
  return (
    <Button look="quiet" icon={<LinkSimple size={16} aria-hidden />} onClick={() => void copy()}>
      <span aria-live="polite">{isCopied ? 'Link copied' : 'Copy link'}</span>
    </Button>
  );
}

/** The front before it is known, at its final size. */
export function FrontSkeleton() {
  return (
    <div aria-busy>
      <h1 className="sr">The playlist is on its way.</h1>
      <section className={styles['front']} aria-hidden>
        <span className={styles['blank']} />
        <div>
          <Skeleton width="90px" height="14px" />
          <div className={`display ${styles['name']}`}>
            <Skeleton width="80%" height=".8em" />
          </div>
          <p className={styles['say']}>
            <Skeleton width="70%" height="3em" />
          </p>
          <div className={styles['acts']}>
            <Skeleton width="160px" height="40px" />
          </div>
          <div className={styles['held']}>
            <Skeleton height="136px" />
          </div>
        </div>
      </section>
    </div>
  );
}
