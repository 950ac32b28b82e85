import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LorasView } from '#shared/contracts/studio/loras.ts';
import { LoraLinkDialog } from '#web/features/studio/loras/lora-form.tsx';
import { LoraFilesPanel } from '#web/features/studio/loras/lora-files.tsx';
import { LoraTable } from '#web/features/studio/loras/lora-table.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { capitalize, numberInWords } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { EmptyState, ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { PageHead } from '#web/ui/layout/page-head.tsx';

/** The LoRA that people may choose for pictures: links that the vendor downloads, and files of the operator. */
export function LorasPage() {
  usePageTitle('LoRA');
  const [isAdding, setAdding] = useState(false);
  const loras = useQuery(trpc.generation.loras.list.queryOptions());
  if (loras.error && !loras.data) return <ErrorState isPage error={loras.error} what="Can’t load the LoRA." onRetry={() => void loras.refetch()} />;
  return (
    <>
      <PageHead
        title={loras.data ? lorasHeadline(loras.data) : <TitleSkeleton width="12em" />}
        actions={
          <Button look="primary" onClick={() => setAdding(true)}>
            Add by link…
          </Button>
        }
      >
        A LoRA gives the pictures of one model a style. It works only with the base model that it was trained on; Segue refuses any other.
      </PageHead>
      {loras.data && loras.data.loras.length > 0 ? <LoraTable loras={loras.data.loras} /> : null}
      {loras.data?.loras.length === 0 ? (
        <EmptyState title="No LoRA yet.">Add the link of a .safetensors file on {loras.data.hosts.join(', ')}, or upload a file below.</EmptyState>
      ) : null}
      {loras.isPending ? <RowsSkeleton rows={5} /> : null}
      {loras.data ? <LoraFilesPanel files={loras.data.files} folder={loras.data.folder} /> : null}
      {isAdding && loras.data ? <LoraLinkDialog hosts={loras.data.hosts} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

/** Only a link can be chosen: a file of this server is not sent to vendors yet. */
function lorasHeadline({ loras }: LorasView): string {
  if (loras.length === 0) return 'LoRA';
  const offered = loras.filter((lora) => lora.active && lora.source.kind === 'link').length;
  if (offered === 0) return 'No LoRA can be chosen yet.';
  if (offered === loras.length) return `${capitalize(numberInWords(offered))} LoRA can be chosen.`;
  return `${capitalize(numberInWords(offered))} of ${numberInWords(loras.length)} LoRA can be chosen.`;
}
