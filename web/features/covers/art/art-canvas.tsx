import { useEffect, useRef, useState } from 'react';
import type { LocalArtInput } from '#shared/contracts/covers/local-art.ts';
import { chooseArt } from '#shared/domain/covers/art/choose-art.ts';
import { drawArt } from '#shared/domain/covers/art/draw-art.ts';
import { paintList } from '#shared/domain/covers/art/painting/paint-list.ts';
import { browserTypeface, loadArtFaces } from './browser-typeface.ts';
import { drawSoon } from './drawing-queue.ts';
import styles from './art.module.css';

/** Pixels of a side: the size that Spotify shows, as the server draws it. */
const SIDE = 640;

/**
 * A local picture, drawn in the browser by the same code as on the server. Nothing is stored. Hidden from screen readers unless `label` names it, because
 * a caption is usually next to it.
 */
export function ArtCanvas({ input, label }: { readonly input: LocalArtInput; readonly label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const key = JSON.stringify(input);
  const [drawnKey, setDrawnKey] = useState<string | null>(null);
  useEffect(() => {
    const request: LocalArtInput = JSON.parse(key);
    let withdraw = (): void => {};
    let isGone = false;
    const draw = async (): Promise<void> => {
      await loadArtFaces();
      if (isGone) return;
      withdraw = drawSoon(() => {
        if (canvas.current && paint(canvas.current, request)) setDrawnKey(key);
      });
    };
    void draw();
    return () => {
      isGone = true;
      withdraw();
    };
  }, [key]);
  const naming = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <span className={styles['frame']}>
      <canvas ref={canvas} width={SIDE} height={SIDE} className={styles['canvas']} data-drawn={drawnKey !== null || undefined} {...naming} />
    </span>
  );
}

/** False when the palette does not exist or the browser has no canvas. */
function paint(canvas: HTMLCanvasElement, input: LocalArtInput): boolean {
  const context = canvas.getContext('2d');
  const chosen = chooseArt({ ...input, size: SIDE });
  if (!context || !chosen) return false;
  context.globalCompositeOperation = 'source-over';
  context.clearRect(0, 0, SIDE, SIDE);
  paintList(context, drawArt(chosen.request).list, browserTypeface);
  return true;
}
