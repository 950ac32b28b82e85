import { ArrowsClockwise } from '@phosphor-icons/react/ArrowsClockwise';
import { Export } from '@phosphor-icons/react/Export';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { playingTime } from '#web/lib/dates.ts';
import { client } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { EditableName } from '../compose/editable-name.tsx';
import { FORMATS_SHOWN } from './list-formats.ts';
import { forgetSavedLists, keepSaved } from './saved-cache.ts';
import { offerUndo } from './remove-saved.ts';
import type { useSavedEdits } from './use-saved-edits.ts';
import styles from './saved-head.module.css';

interface SavedHeadProps {
  readonly saved: SavedPlaylistView;
  readonly edits: ReturnType<typeof useSavedEdits>;
  readonly onExport: () => void;
  readonly onShowCurrent: () => void;
  readonly onRestore: () => void;
}

/** The name of a saved playlist, what it was made from, and everything that can be done with it as a whole. */
export function SavedHead({ saved, edits, onExport, onShowCurrent, onRestore }: SavedHeadProps) {
  const navigate = useNavigate();
  const open = (view: Parameters<typeof keepSaved>[0]) => {
    keepSaved(view);
    void navigate({ to: '/discover/saved/$savedId', params: { savedId: view.id } });
  };
  const duplicate = useMutation({ mutationFn: () => client.discovery.saved.duplicate.mutate({ savedId: saved.id }), onSuccess: open });
  const remove = useMutation({
    mutationFn: () => client.discovery.saved.remove.mutate({ savedId: saved.id }),
    onSuccess: async (removed) => {
      // The page that is opened shows the offer; this one is gone with its toasts, and must not ask for what is deleted.
      await navigate({ to: '/discover/saved' });
      forgetSavedLists();
      offerUndo(removed);
    },
  });
  return (
    <header className={styles['head']}>
      <EditableName as="h1" name={saved.name} onChange={saved.isCurrent ? edits.rename : undefined} />
      <p>
        {plural(saved.tracks.length, 'track')}, {playingTime(saved.durationMs)}. {saved.criteriaSays}
      </p>
      {saved.isCurrent ? null : (
        <p className={styles['older']}>
          <b>This is version {saved.version}, an older one.</b>{' '}
          <Button size="small" onClick={onRestore}>
            Restore this version
          </Button>{' '}
          <Button size="small" look="quiet" onClick={onShowCurrent}>
            Show the current one
          </Button>
        </p>
      )}
      {saved.isCurrent ? (
        <div className={styles['actions']}>
          <Button look="primary" icon={<Export size={16} aria-hidden />} onClick={onExport}>
            Preview export
          </Button>
          {saved.criteria.kind === 'chosen' ? null : (
            <Button
              icon={<ArrowsClockwise size={16} aria-hidden />}
              working={edits.isRegenerating ? 'Making it again…' : false}
              onClick={edits.regenerate}
            >
              Make it again
            </Button>
          )}
          {saved.criteria.kind === 'vibe' || saved.criteria.kind === 'seeds' ? (
            <Link to="/discover" search={{ draft: saved.id }} className={buttonClass()}>
              Change the question
            </Link>
          ) : null}
          <Button working={duplicate.isPending ? 'Duplicating…' : false} onClick={() => duplicate.mutate()}>
            Duplicate
          </Button>
          <Button look="quiet" working={remove.isPending ? 'Deleting…' : false} onClick={() => remove.mutate()}>
            Delete
          </Button>
        </div>
      ) : null}
      {saved.spotify ? (
        <p>
          <a href={saved.spotify.url} target="_blank" rel="noreferrer">
            Open in Spotify
          </a>
          {saved.spotify.version === saved.version ? ', up to date' : `, which shows version ${saved.spotify.version}`}
        </p>
      ) : null}
      <p className={styles['files']}>
        Download as{' '}
        {FORMATS_SHOWN.map(({ format, label }) => (
          <a key={format} href={`/lists/${saved.id}/${format}`} download>
            {label}
          </a>
        ))}
      </p>
      {[duplicate.error, remove.error].map((error) => (error ? <InlineError key={String(error)} error={error} /> : null))}
    </header>
  );
}
