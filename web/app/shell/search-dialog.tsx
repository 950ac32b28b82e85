import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MagnifyingGlass } from '@phosphor-icons/react/MagnifyingGlass';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { PlaylistPicture } from '#web/ui/sleeve/playlist-picture.tsx';
import { trpc } from '#web/lib/trpc.ts';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { searchEverywhere } from './search-everywhere.ts';
import type { SearchResult } from './search-everywhere.ts';
import styles from './panels.module.css';

/** Search as you type: playlists by name, number or artist and, for operators, pages. */
export function SearchDialog({ isAdmin, onClose }: { readonly isAdmin: boolean; readonly onClose: () => void }) {
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState(0);
  const listId = useId();
  const navigate = useNavigate();
  const network = useQuery(trpc.playlists.overview.queryOptions());
  const results = searchEverywhere(query, network.data?.playlists ?? [], isAdmin);
  const go = (result: SearchResult | undefined) => {
    if (!result) return;
    onClose();
    if (result.kind === 'page') void navigate({ to: result.to });
    else void navigate({ to: '/playlist/$index', params: { index: String(result.card.index) } });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setSelected((at) => Math.min(at + 1, results.length - 1));
    else if (event.key === 'ArrowUp') setSelected((at) => Math.max(at - 1, 0));
    else if (event.key === 'Enter') go(results[selected]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Find a playlist or an artist" titleHidden onClose={onClose}>
      <div className={styles['search']}>
        <MagnifyingGlass size={20} aria-hidden />
        <input
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-label="Find a playlist or an artist"
          aria-activedescendant={results.length > 0 ? `${listId}-${selected}` : undefined}
          placeholder="Playlist name, number or artist…"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setSelected(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <ul id={listId} role="listbox" aria-label="Results" className={styles['results']}>
        {results.map((result, at) => (
          // Arrow keys in the combobox move the selection; the mouse clicks options directly.
          <li
            key={result.id}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === selected}
            onMouseMove={() => setSelected(at)}
            onClick={() => go(result)}
          >
            {result.kind === 'playlist' ? <PlaylistPicture subject={result.card} sizes="40px" /> : <span className={styles['page']} />}
            <span>
              <b>{result.name}</b>
              <span>{result.detail}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className={styles['none']} role="status">
        {results.length === 0 && !network.isPending ? 'No results. Try fewer letters, or an artist.' : ''}
      </p>
    </Dialog>
  );
}
