import { useMutation } from '@tanstack/react-query';
import { UploadSimple } from '@phosphor-icons/react/UploadSimple';
import { useRef, useState } from 'react';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import { sendPicture } from '#web/features/studio/uploads/send-picture.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { useCoverChange } from '../project/use-cover.ts';
import styles from './own-file.module.css';

/** Uses the person's own picture file. It is read whole and written again by the server, so nothing hidden in it is kept. */
export function OwnFile({ cover }: { readonly cover: CoverView }) {
  const picker = useRef<HTMLInputElement>(null);
  const [isDragOver, setDragOver] = useState(false);
  const choose = useCoverChange('choosePicture', cover.id);
  const send = useMutation({
    mutationFn: sendPicture,
    onSuccess: ({ asset }) => choose.mutate({ coverId: cover.id, assetId: asset }),
  });
  const take = (file: File | undefined) => file && send.mutate(file);
  return (
    <div
      className={styles['own']}
      data-over={isDragOver || undefined}
      onDrop={(event) => {
        event.preventDefault();
        setDragOver(false);
        take(event.dataTransfer.files[0]);
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setDragOver(true);
      }}
      onDragLeave={() => setDragOver(false)}
    >
      <input
        ref={picker}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <Button
        icon={<UploadSimple size={16} aria-hidden />}
        working={send.isPending || choose.isPending ? 'Reading the file…' : false}
        onClick={() => picker.current?.click()}
      >
        Use your own picture…
      </Button>
      <p>JPEG, PNG or WebP, at most 10 MB. It is cropped to a square.</p>
      {send.error ? <InlineError error={send.error} /> : null}
      {choose.error ? <InlineError error={choose.error} /> : null}
      {send.data?.isFirstFrameOnly ? <p>The file moves; only its first frame is used.</p> : null}
    </div>
  );
}
