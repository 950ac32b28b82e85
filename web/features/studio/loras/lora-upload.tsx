import { useMutation } from '@tanstack/react-query';
import { UploadSimple } from '@phosphor-icons/react/UploadSimple';
import { useEffect, useRef, useState } from 'react';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { percent } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { sendLoraFile } from './send-lora-file.ts';
import styles from './loras.module.css';

/** Sends a LoRA file to the server, with its progress; what is no LoRA is refused with its first part. */
export function LoraUpload() {
  const picker = useRef<HTMLInputElement>(null);
  const sending = useRef<AbortController>(null);
  const [share, setShare] = useState(0);
  const send = useMutation({
    mutationFn: (file: File) => {
      const controller = new AbortController();
      sending.current = controller;
      setShare(0);
      return sendLoraFile(file, { signal: controller.signal, onShare: setShare });
    },
    onSuccess: (_done, file) => showToast(`${file.name} is on the server.`),
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.loras.pathFilter()),
  });
  useEffect(() => () => sending.current?.abort(), []);
  const isCanceled = send.error?.name === 'AbortError';
  return (
    <div className={styles['upload']}>
      <input
        ref={picker}
        type="file"
        accept=".safetensors"
        hidden
        data-lora-file
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) send.mutate(file);
          event.target.value = '';
        }}
      />
      {send.isPending ? (
        <>
          <p role="status">
            Sending {send.variables.name}, {percent(share)}
          </p>
          <ProgressBar value={share} max={1} name={`Upload of ${send.variables.name}`} moving />
          <Button size="small" onClick={() => sending.current?.abort()}>
            Cancel upload
          </Button>
        </>
      ) : (
        <Button icon={<UploadSimple size={16} aria-hidden />} onClick={() => picker.current?.click()}>
          Upload a file…
        </Button>
      )}
      {send.error && !isCanceled ? <InlineError error={send.error} /> : null}
    </div>
  );
}
