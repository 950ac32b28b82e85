import { Images } from '@phosphor-icons/react/Images';
import { UploadSimple } from '@phosphor-icons/react/UploadSimple';
import { useRef, useState } from 'react';
import type { AssetId } from '#shared/ids.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { LibraryPicker } from './library-picker.tsx';
import { useUpload } from './use-upload.ts';
import styles from './uploads.module.css';

/** Two ways to a picture: a file of the person's own, which may be dropped here, or one of the library. */
export function PictureSource({ onChoose }: { readonly onChoose: (id: AssetId) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const [isPicking, setPicking] = useState(false);
  const { send, take } = useUpload(onChoose);
  return (
    <div
      className={styles['source']}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files[0]);
      }}
    >
      <input
        ref={picker}
        type="file"
        accept="image/*"
        hidden
        aria-label="Picture file"
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button icon={<Images size={16} aria-hidden />} onClick={() => setPicking(true)}>
        From the library…
      </Button>
      <Button
        icon={<UploadSimple size={16} aria-hidden />}
        working={send.isPending ? 'Reading the file…' : false}
        onClick={() => picker.current?.click()}
      >
        Upload…
      </Button>
      {send.error ? <InlineError error={send.error} /> : null}
      {isPicking ? (
        <LibraryPicker
          onClose={() => setPicking(false)}
          onChoose={(id) => {
            setPicking(false);
            onChoose(id);
          }}
        />
      ) : null}
    </div>
  );
}
