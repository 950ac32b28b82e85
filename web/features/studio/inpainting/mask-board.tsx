import { useEffect, useRef } from 'react';
import type { Dispatch } from 'react';
import type { MaskBitmap, MaskPoint } from '#shared/domain/studio/masks/mask-operation.ts';
import { describePlace, readMaskKey } from './mask-keys.ts';
import type { MaskCommand } from './mask-keys.ts';
import { diameterOf } from './mask-state.ts';
import type { MaskAction, MaskEditor } from './mask-state.ts';
import { paintMask } from './paint-mask.ts';
import { useMaskPointer } from './use-mask-pointer.ts';
import styles from './mask-board.module.css';

interface MaskBoardProps {
  readonly editor: MaskEditor;
  readonly dispatch: Dispatch<MaskAction>;
  readonly shown: MaskBitmap;
  readonly picture: { readonly url: string; readonly name: string };
  readonly press: (at: MaskPoint) => void;
  readonly run: (command: MaskCommand) => void;
  /** The element whose text describes the mask. */
  readonly describedBy: string;
}

/** The picture with its mask, a crosshair and the ring of the brush. Mouse, touch, pen and keys do the same. */
export function MaskBoard({ editor, dispatch, shown, picture, press, run, describedBy }: MaskBoardProps) {
  const view = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointer = useMaskPointer({ editor, dispatch, press, view });
  useEffect(() => {
    if (canvas.current) paintMask(canvas.current, shown);
  }, [shown]);
  const { size, cursor, window, tool } = editor;
  const [x, y] = [(cursor[0] / size.width - window.left) * window.zoom, (cursor[1] / size.height - window.top) * window.zoom];
  const isBrush = tool === 'brush' || tool === 'eraser';
  const ring = isBrush ? (diameterOf(editor) / size.width) * window.zoom : 0.024;
  const zoomed = { transform: `scale(${window.zoom}) translate(${-window.left * 100}%, ${-window.top * 100}%)` };
  return (
    <div
      ref={view}
      className={styles['view']}
      style={{ aspectRatio: size.width / size.height }}
      // The keys draw, so a screen reader must pass them on.
      role="application"
      aria-roledescription="mask editor"
      aria-label={`${picture.name}. Arrow keys move the crosshair, Space starts and ends a stroke.`}
      aria-describedby={describedBy}
      tabIndex={0}
      onKeyDown={(event) => {
        const command = readMaskKey(event);
        if (!command) return;
        event.preventDefault();
        run(command);
      }}
      {...pointer}
    >
      <img src={picture.url} alt="" draggable={false} style={zoomed} />
      <canvas ref={canvas} aria-hidden style={zoomed} />
      <span className={styles['across']} style={{ top: `${y * 100}%` }} />
      <span className={styles['down']} style={{ left: `${x * 100}%` }} />
      <span className={styles['ring']} style={{ left: `${x * 100}%`, top: `${y * 100}%`, width: `${ring * 100}%` }} />
      <span
        className={styles['place']}
        data-left={x > 0.8 || undefined}
        data-below={y < 0.08 || undefined}
        style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
        aria-hidden
      >
        {describePlace(editor)}
      </span>
    </div>
  );
}
