import { ArrowSquareOut } from '@phosphor-icons/react/ArrowSquareOut';
import { LinkSimple } from '@phosphor-icons/react/LinkSimple';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PlaylistView } from '#shared/contracts/playlists/playlist-views.ts';
import { PlaylistPicture } from '#web/ui/sleeve/playlist-picture.tsx';
import { joinNames, padIndex } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { Skeleton } from '#web/ui/feedback/states.tsx';
import { CertificatePanel } from './certificate-panel.tsx';
import { ShownNotices } from './shown-notices.tsx';
import { describeSince } from './shown-words.ts';
import styles from './playlist-header.module.css';

const COPIED_FOR_MS = 2_000;

/** Top of the playlist page: cover, name, links, host accounts and certificate. */
export function PlaylistHeader({ view }: { readonly view: PlaylistView }) {
  const { card } = view;
  const copy = view.replicas.find((one) => one.spotifyUrl !== null);
  return (
    <section className={styles['header']}>
      <PlaylistPicture subject={card} label={`Cover of ${card.themeTag}`} sizes="(max-width: 760px) 92vw, 440px" isEager />
      <div>
        <p className="label">Playlist {padIndex(card.index)}</p>
        <h1 className={`display ${styles['name']}`}>{card.themeTag}</h1>
        <p className={styles['blurb']}>{card.blurb ?? describeArtists(card)}</p>
        <div className={styles['actions']}>
          {copy?.spotifyUrl ? (
            <a className={buttonClass('primary')} href={copy.spotifyUrl} target="_blank" rel="noreferrer">
              <span className={styles['label']}>
                <ArrowSquareOut size={16} aria-hidden /> Open in Spotify
              </span>
            </a>
          ) : null}
          <CopyLink />
        </div>
        {view.replicas.length > 0 ? <HostedOn view={view} /> : null}
        <ShownNotices view={view} />
        {view.certificate ? (
          <CertificatePanel certificate={view.certificate} entries={view.entries} size={view.entries.length + view.shown.added.length} />
        ) : null}
      </div>
    </section>
  );
}

function describeArtists({ artists, day }: PlaylistView['card']): string {
  if (artists.length > 0) return `With ${joinNames(artists)}.`;
  return day === null ? 'No list yet.' : 'The artists are not known.';
}

function HostedOn({ view: { replicas: copies, shown, today } }: { readonly view: PlaylistView }) {
  const since = shown.isPresented ? describeSince(shown, today) : null;
  return (
    <p className={styles['accounts']}>
      Hosted on{' '}
      {copies.map(({ accountId, account }, at) => (
        <span key={accountId}>
          {at === 0 ? '' : at === copies.length - 1 ? ' and ' : ', '}
          <Link to="/accounts/$accountId" params={{ accountId }} className="link">
            {account}
          </Link>
        </span>
      ))}
      {since === null ? '' : `. ${since}`}
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

/** Placeholder of the top of the page at its final size. */
export function PlaylistHeaderSkeleton() {
  return (
    <div aria-busy>
      <h1 className="sr">Loading the playlist</h1>
      <section className={styles['header']} aria-hidden>
        <span className={styles['placeholder']} />
        <div>
          <Skeleton width="90px" height="14px" />
          <div className={`display ${styles['name']}`}>
            <Skeleton width="80%" height=".8em" />
          </div>
          <p className={styles['blurb']}>
            <Skeleton width="70%" height="3em" />
          </p>
          <div className={styles['actions']}>
            <Skeleton width="160px" height="40px" />
          </div>
          <div className={styles['certificate']}>
            <Skeleton height="136px" />
          </div>
        </div>
      </section>
    </div>
  );
}
