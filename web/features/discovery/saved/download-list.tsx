import { useMutation } from '@tanstack/react-query';
import type { ListFormat } from '#shared/contracts/discovery/export-list.ts';
import { saveText } from '#web/lib/save-text.ts';
import { client } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { FORMATS_SHOWN } from './list-formats.ts';
import styles from './download-list.module.css';

/** A list as a file, without saving it as a playlist. Nothing is shown for an empty list. */
export function DownloadList({ name, recordingIds }: { readonly name: string; readonly recordingIds: readonly number[] }) {
  const file = useMutation({
    mutationFn: (format: ListFormat) => client.discovery.exportList.mutate({ name, recordingIds: [...recordingIds], format }),
    onSuccess: ({ fileName, text, mediaType }) => saveText(fileName, { text, type: mediaType }),
  });
  if (recordingIds.length === 0) return null;
  const missing = file.data?.missing.length ?? 0;
  return (
    <div className={styles['download']}>
      <p>
        Download as{' '}
        {FORMATS_SHOWN.map(({ format, label }) => (
          <button key={format} type="button" aria-label={`Download as ${label}`} onClick={() => file.mutate(format)}>
            {label}
          </button>
        ))}
      </p>
      {missing > 0 ? (
        <p role="status">
          {plural(missing, 'track')} of the list left the catalog, so the file is without {missing === 1 ? 'it' : 'them'}.
        </p>
      ) : null}
      {file.error ? <InlineError error={file.error} /> : null}
    </div>
  );
}
