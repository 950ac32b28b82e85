import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { AssetView } from '#shared/contracts/studio/library/asset-views.ts';
import type { MaskOperation, MaskSize } from '#shared/domain/studio/masks/mask-operation.ts';
import type { AssetId } from '#shared/ids.ts';
import { trpc } from '#web/lib/trpc.ts';
import { EmptyState, ErrorState } from '#web/ui/feedback/states.tsx';
import { useStudioDraft } from '../create/studio-draft.ts';
import { describeTile } from '../library/wall-rows.ts';
import { MaskKeyboard } from './mask-keyboard.tsx';
import { MaskStatus } from './mask-status.tsx';
import { MaskTools } from './mask-tools.tsx';
import { MaskBoard } from './mask-board.tsx';
import { MaskWays } from './mask-ways.tsx';
import { RepaintForm } from './repaint-form.tsx';
import { RepaintResults } from './result/repaint-results.tsx';
import { useColorField } from './use-color-field.ts';
import { useMask } from './use-mask.ts';
import { useMaskCommands } from './use-mask-commands.ts';
import styles from './repaint-screen.module.css';

/** A screen reader hears the mask once its drawing pauses. */
const SPOKEN_AFTER_MS = 400;

interface RepaintScreenProps {
  readonly assetId: AssetId;
  /** A stored mask to open. */
  readonly maskId: AssetId | undefined;
  readonly onMask: (id: AssetId) => void;
}

/** Marks a part of a picture and repaints it; everything outside of the mark is meant to stay. */
export function RepaintScreen({ assetId, maskId, onMask }: RepaintScreenProps) {
  const asset = useQuery(trpc.generation.assets.view.queryOptions({ id: assetId }));
  if (asset.error) return <ErrorState isPage error={asset.error} what="Can’t open this picture" onRetry={() => void asset.refetch()} />;
  if (!asset.data) return <div className={styles['waiting']} aria-busy />;
  const { mediaType, width, height } = asset.data;
  if (!mediaType.startsWith('image/') || !width || !height) {
    return (
      <EmptyState isPage title="Only pictures can be repainted">
        Choose a picture of your library instead.
      </EmptyState>
    );
  }
  return <LoadedScreen key={assetId} asset={asset.data} width={width} height={height} maskId={maskId} onMask={onMask} />;
}

interface LoadedProps extends MaskSize {
  readonly asset: AssetView;
  readonly maskId: AssetId | undefined;
  readonly onMask: (id: AssetId) => void;
}

function LoadedScreen({ asset, width, height, maskId, onMask }: LoadedProps) {
  const [size] = useState<MaskSize>({ width, height });
  const { editor, dispatch, bitmap, shown, state } = useMask(asset.id, size);
  const { draft, setDraft } = useStudioDraft('repaint', { task: 'inpaint' });
  const field = useColorField(asset.url, size);
  const { spoken, note, say } = useSpoken(state.says);
  const { press, run } = useMaskCommands({ editor, dispatch, bitmap, field, say });
  const stored = useQuery({ ...trpc.generation.assets.mask.queryOptions({ mask: maskId ?? asset.id }), enabled: maskId !== undefined });
  const operations = stored.data?.operations as readonly MaskOperation[] | undefined;
  useEffect(() => {
    if (operations) dispatch({ type: 'replace', operations });
  }, [operations, dispatch]);
  const headline = useId();
  const name = describeTile(asset);
  return (
    <>
      <div className={styles['head']}>
        <h1 id={headline}>{state.says}</h1>
        <p>
          {name} · {width} × {height}
        </p>
      </div>
      {stored.error ? <ErrorState error={stored.error} what="Can’t open this mask" /> : null}
      <div className={styles['layout']}>
        <MaskTools editor={editor} dispatch={dispatch} />
        <div className={styles['board']}>
          <MaskBoard
            editor={editor}
            dispatch={dispatch}
            shown={shown}
            picture={{ url: asset.url, name }}
            press={press}
            run={run}
            describedBy={headline}
          />
          <MaskStatus editor={editor} note={note} run={run} />
          <p className="sr" aria-live="polite">
            {spoken}
          </p>
        </div>
        <div className={styles['panel']}>
          <MaskWays
            pictureUrl={asset.previews[300]}
            bitmap={bitmap}
            field={field}
            tolerance={editor.tolerance}
            run={run}
            onAdd={(operation) => dispatch({ type: 'add', operation })}
          />
          <RepaintForm
            size={size}
            image={asset.id}
            operations={editor.history.done}
            edge={editor.edge}
            state={state}
            draft={draft}
            onDraft={setDraft}
          />
        </div>
      </div>
      <RepaintResults before={asset} size={size} onMask={onMask} />
      <MaskKeyboard />
    </>
  );
}

/** The words of the live region: the mask once it has settled, or what was asked for, which is not spoken over. `note` is the latter, for the page. */
function useSpoken(says: string) {
  const [spoken, setSpoken] = useState('');
  const [note, setNote] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    timer.current = setTimeout(() => {
      setSpoken(says);
      setNote(null);
    }, SPOKEN_AFTER_MS);
    return () => clearTimeout(timer.current);
  }, [says]);
  const say = useCallback((words: string) => {
    clearTimeout(timer.current);
    setSpoken(words);
    setNote(words);
  }, []);
  return { spoken, note, say };
}
