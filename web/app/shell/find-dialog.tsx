import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MagnifyingGlass } from '@phosphor-icons/react/MagnifyingGlass';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { SleevePicture } from '#web/ui/sleeve/sleeve-picture.tsx';
import { trpc } from '#web/lib/trpc.ts';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { findAnywhere } from './find-anywhere.ts';
import type { Finding } from './find-anywhere.ts';
import styles from './panels.module.css';

/** Finds a playlist by name, number or artist, and for operators a room, as one types. */
export function FindDialog({ isAdmin, onClose }: { readonly isAdmin: boolean; readonly onClose: () => void }) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const navigate = useNavigate();
  const network = useQuery(trpc.network.overview.queryOptions());
  const found = findAnywhere(query, network.data?.playlists ?? [], isAdmin);
  const go = (finding: Finding | undefined) => {
    if (!finding) return;
    onClose();
    if (finding.kind === 'room') void navigate({ to: finding.to });
    else void navigate({ to: '/playlist/$index', params: { index: String(finding.card.index) } });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((at) => Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setChosen((at) => Math.max(at - 1, 0));
    else if (event.key === 'Enter') go(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Find a playlist or an artist" titleHidden onClose={onClose}>
      <div className={styles['ask']}>
        <MagnifyingGlass size={20} aria-hidden />
        <input
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-label="Find a playlist or an artist"
          aria-activedescendant={found.length > 0 ? `${listId}-${chosen}` : undefined}
          placeholder="Night bus, 015, an artist…"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <ul id={listId} role="listbox" aria-label="Found" className={styles['found']}>
        {found.map((finding, at) => (
          // The combobox moves through the options; the mouse clicks them.
          <li
            key={finding.id}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === chosen}
            onMouseMove={() => setChosen(at)}
            onClick={() => go(finding)}
          >
            {finding.kind === 'playlist' ? <SleevePicture subject={finding.card} /> : <span className={styles['room']} />}
            <span>
              <b>{finding.name}</b>
              <span>{finding.says}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className={styles['none']} role="status">
        {found.length === 0 && !network.isPending ? 'Nothing by that name. Try fewer letters, or an artist.' : ''}
      </p>
    </Dialog>
  );
}
