import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Export } from '@phosphor-icons/react/Export';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { client } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { keepSaved } from './saved-cache.ts';
import type { ListToSave } from './saved-cache.ts';
import styles from './save-list.module.css';

interface SaveListProps extends ListToSave {
  /** The draft, or the saved playlist, that the list goes into. */
  readonly into?: Pick<SavedPlaylistView, 'id' | 'revision'> | undefined;
  readonly isOff?: boolean;
}

/** Saves a list and opens it, with or without the preview of its export. Nothing is written to Spotify here. */
export function SaveList({ into, isOff = false, ...list }: SaveListProps) {
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: (_isExporting: boolean) =>
      client.discovery.saved.save.mutate({ ...list, state: 'saved', ...(into ? { into: { savedId: into.id, revision: into.revision } } : {}) }),
    onSuccess: (saved, isExporting) => {
      keepSaved(saved);
      void navigate({ to: '/discover/saved/$savedId', params: { savedId: saved.id }, search: isExporting ? { export: true } : {} });
    },
  });
  const isSaving = (isExporting: boolean) => (save.isPending && save.variables === isExporting ? 'Saving…' : false);
  return (
    <>
      <div className={styles['buttons']}>
        <Button disabled={isOff} working={isSaving(false)} onClick={() => save.mutate(false)}>
          Save playlist
        </Button>
        <Button look="primary" disabled={isOff} icon={<Export size={16} aria-hidden />} working={isSaving(true)} onClick={() => save.mutate(true)}>
          Preview export
        </Button>
      </div>
      {save.error ? <InlineError error={save.error} /> : null}
    </>
  );
}
