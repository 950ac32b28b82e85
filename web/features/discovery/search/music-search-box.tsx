import { MagnifyingGlass } from '@phosphor-icons/react/MagnifyingGlass';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { SearchAnswer } from '#shared/contracts/discovery/search.ts';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { FoundList } from './found-list.tsx';
import { groupResults } from './found-options.ts';
import type { FoundGroup, FoundOption } from './found-options.ts';
import { useMusicSearch } from './use-music-search.ts';
import styles from './music-search.module.css';

interface MusicSearchProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly onSeed: (seed: string) => void;
  /** Takes the text as a description; without it, only music is found. */
  readonly onWords?: ((words: string) => void) | undefined;
  /** Finds this kind alone; by default every kind. */
  readonly only?: FoundGroup['name'];
  readonly isBig?: boolean;
}

/** The search for music: tracks, artists, albums and playlists, by keyboard alone. Arrow keys choose, Enter takes, Esc empties. */
export function MusicSearchBox({
  label,
  placeholder = 'A song, an artist, a mood or a Spotify link',
  onSeed,
  onWords,
  only,
  isBig = false,
}: MusicSearchProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = useMusicSearch(typed);
  const text = typed.trim();
  const groupsOf = (answer: SearchAnswer | undefined, canAsk = false) => {
    const all = groupResults(answer, { words: onWords ? text : null, canAsk: canAsk && only === undefined });
    return only === undefined ? all : all.filter(({ name }) => name === only);
  };
  const groups = text === '' || (!found.isFresh && found.answer === undefined) ? [] : groupsOf(found.answer, found.canAsk);
  const options = groups.flatMap((group) => group.options);
  const active = options[Math.min(at, options.length - 1)];
  const choose = ({ choice }: FoundOption) => {
    if (choice.kind === 'ask') return found.askSpotify();
    if (choice.kind === 'spotify') return void window.open(choice.url, '_blank', 'noreferrer');
    setTyped('');
    setAt(0);
    return choice.kind === 'seed' ? onSeed(choice.seed) : onWords?.(text);
  };
  /** Enter is faster than the answer: takes its first result when it is there, unless something else was typed by then. */
  const takeFirst = async (input: HTMLInputElement) => {
    const [first] = groupsOf(await found.answerTo(text)).flatMap((group) => group.options);
    if (first && input.value.trim() === text) choose(first);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(options.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Escape') setTyped('');
    else if (event.key === 'Enter' && text !== '' && !found.isFresh) takeFirst(event.currentTarget).catch(() => undefined);
    else if (event.key === 'Enter' && active) choose(active);
    else return;
    event.preventDefault();
  };
  const isOpen = options.length > 0;
  return (
    <div className={styles['search']} data-big={isBig || undefined}>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <div className={styles['box']}>
        <MagnifyingGlass size={20} aria-hidden />
        <input
          id={id}
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          data-page-search={only === undefined || undefined}
          aria-keyshortcuts={only === undefined ? '/' : undefined}
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${active.key}` : undefined}
          placeholder={placeholder}
          value={typed}
          maxLength={2_000}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      {isOpen ? <FoundList {...{ id, label, groups, active }} onChoose={choose} onPoint={(option) => setAt(options.indexOf(option))} /> : null}
      <p className={styles['says']} role="status">
        {found.isSearching && !found.answer ? 'Searching…' : ''}
        {found.says ?? ''}
      </p>
      {found.error ? <InlineError error={found.error} /> : null}
    </div>
  );
}
