import { UploadSimple } from '@phosphor-icons/react/UploadSimple';
import { useRef, useState } from 'react';
import type { AssetId } from '#shared/ids.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { useUpload } from './use-upload.ts';
import styles from './uploads.module.css';

/** A field onto which a picture is dropped, with a button that chooses one. */
export function UploadPicture({ onChoose }: { readonly onChoose: (id: AssetId) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { send, take } = useUpload(onChoose);
  return (
    <div
      className={styles['drop']}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
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
      <Button
        icon={<UploadSimple size={16} aria-hidden />}
        working={send.isPending ? 'Reading the file…' : false}
        onClick={() => picker.current?.click()}
      >
        Upload a picture…
      </Button>
      <p className="small muted">Or drop a file here. It is turned upright, and its metadata is removed.</p>
      {send.error ? <InlineError error={send.error} /> : null}
    </div>
  );
}
