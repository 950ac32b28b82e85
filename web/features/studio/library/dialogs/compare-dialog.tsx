import { useQuery } from '@tanstack/react-query';
import type { AssetView } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId } from '#shared/ids.ts';
import { trpc } from '#web/lib/trpc.ts';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { fileSize } from '#web/lib/words.ts';
import { describeTile, ratioOf } from '../wall-rows.ts';
import styles from './dialogs.module.css';

/** Two files side by side, with what differs between their settings. */
export function CompareDialog({ ids: [one, other], onClose }: { readonly ids: readonly [AssetId, AssetId]; readonly onClose: () => void }) {
  const first = useQuery(trpc.generation.assets.view.queryOptions({ id: one }));
  const second = useQuery(trpc.generation.assets.view.queryOptions({ id: other }));
  const error = first.error ?? second.error;
  return (
    <Dialog title="Compare" onClose={onClose}>
      {error ? <InlineError error={error} /> : null}
      <div className={styles['pair']} aria-busy={!first.data || !second.data}>
        {first.data && second.data ? (
          <>
            <Side asset={first.data} beside={second.data} />
            <Side asset={second.data} beside={first.data} />
          </>
        ) : null}
      </div>
    </Dialog>
  );
}

function Side({ asset, beside }: { readonly asset: AssetView; readonly beside: AssetView }) {
  const theirs = new Map(settingsOf(beside));
  return (
    <section aria-label={describeTile(asset)}>
      <HashedImage src={asset.previews[640]} thumbhash={asset.thumbhash} alt={describeTile(asset)} ratio={ratioOf(asset)} isLazy={false} />
      <dl>
        {settingsOf(asset).map(([name, value]) => (
          <div key={name}>
            <dt className="muted">{name}</dt>
            <dd data-differs={theirs.get(name) !== value || undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Settings that have a line of their own. */
const SAID = new Set(['prompt', 'seed', 'mask']);

function settingsOf({ wholePrompt, recipe, seed, width, height, bytes }: AssetView): readonly (readonly [string, string])[] {
  return [
    ['Prompt', wholePrompt ?? 'None'],
    ['Model', recipe?.modelLabel ?? 'None'],
    ['Seed', seed ?? 'None'],
    ...(recipe?.settings ?? []).flatMap(({ input, label, value }) => (SAID.has(input) ? [] : [[label, value] as const])),
    ['Size', `${width ?? '?'} × ${height ?? '?'}, ${fileSize(bytes)}`],
  ];
}
