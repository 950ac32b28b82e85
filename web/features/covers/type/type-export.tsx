import { useMutation } from '@tanstack/react-query';
import { FileSvg } from '@phosphor-icons/react/FileSvg';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import { saveText } from '#web/lib/save-text.ts';
import { client } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';

/** Downloads the type alone as SVG paths, for print. */
export function TypeExport({ cover }: { readonly cover: CoverView }) {
  const download = useMutation({
    mutationFn: () => client.generation.covers.exportType.query({ coverId: cover.id }),
    onSuccess: ({ svg }) => saveText(`${cover.words?.title ?? 'cover'}.svg`, { text: svg, type: 'image/svg+xml' }),
  });
  return (
    <div>
      <Button
        look="quiet"
        icon={<FileSvg size={16} aria-hidden />}
        working={download.isPending ? 'Drawing…' : false}
        onClick={() => download.mutate()}
      >
        Download the type as SVG
      </Button>
      {download.error ? <InlineError error={download.error} /> : null}
    </div>
  );
}
