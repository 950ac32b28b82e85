import { useEffect, useRef } from 'react';
import type { Dispatch, PointerEvent, RefObject } from 'react';
import type { MaskPoint } from '#shared/domain/studio/masks/mask-operation.ts';
import type { MaskAction, MaskEditor } from './mask-state.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

interface PointerParts {
  readonly editor: MaskEditor;
  readonly dispatch: Dispatch<MaskAction>;
  readonly press: (at: MaskPoint) => void;
  readonly view: RefObject<HTMLDivElement | null>;
}

/** One pointer marks; two pan and zoom, as does the wheel. A pen's pressure is the width of its stroke. */
export function useMaskPointer({ editor, dispatch, press, view }: PointerParts) {
  const pointers = useRef(new Map<number, Place>());
  /** Whether a second pointer has joined since the first came down. */
  const hasJoined = useRef(false);
  const latest = useRef(editor);
  useEffect(() => {
    latest.current = editor;
  });
  const placeOf = (event: { readonly clientX: number; readonly clientY: number }): MaskPoint => {
    const box = view.current?.getBoundingClientRect();
    const { window, size } = latest.current;
    if (!box) return [0, 0];
    const share = (offset: number, side: number, start: number) => start + offset / side / window.zoom;
    return [
      share(event.clientX - box.left, box.width, window.left) * size.width,
      share(event.clientY - box.top, box.height, window.top) * size.height,
    ];
  };
  const penPlace = (event: globalThis.PointerEvent): MaskPoint => {
    const [x, y] = placeOf(event);
    return event.pointerType === 'pen' && event.pressure > 0 ? [x, y, Math.round(event.pressure * 100) / 100] : [x, y];
  };
  const gesture = (moved: number, to: Place): void => {
    const [one, other] = [...pointers.current.entries()].map(([id, place]) =>
      id === moved ? { before: place, now: to } : { before: place, now: place },
    );
    const box = view.current?.getBoundingClientRect();
    if (!one || !other || !box) return;
    const apart = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y);
    const middle = (a: Place, b: Place) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    const [before, now] = [middle(one.before, other.before), middle(one.now, other.now)];
    dispatch({
      type: 'pinch',
      factor: apart(one.now, other.now) / Math.max(1, apart(one.before, other.before)),
      at: [(now.x - box.left) / box.width, (now.y - box.top) / box.height],
      across: (before.x - now.x) / box.width,
      down: (before.y - now.y) / box.height,
    });
  };
  useWheel(view, latest, dispatch);
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      hasJoined.current = pointers.current.size > 1;
      if (hasJoined.current) dispatch({ type: 'drop' });
      else if (!marksAtOnce(latest.current)) press(penPlace(event.nativeEvent));
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const isDown = pointers.current.has(event.pointerId);
      if (isDown && pointers.current.size === 2) {
        gesture(event.pointerId, { x: event.clientX, y: event.clientY });
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        return;
      }
      // The browser joins moves that came within one frame; all of them belong to the stroke.
      const joined = isDown ? event.nativeEvent.getCoalescedEvents() : [];
      for (const one of joined.length > 0 ? joined : [event.nativeEvent]) dispatch({ type: 'move', to: penPlace(one) });
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      const wasAlone = pointers.current.delete(event.pointerId) && pointers.current.size === 0;
      if (!wasAlone) return;
      if (marksAtOnce(latest.current) && !hasJoined.current) press(placeOf(event));
      else dispatch({ type: 'end' });
    },
    onPointerCancel: (event: PointerEvent<HTMLDivElement>) => {
      pointers.current.delete(event.pointerId);
      dispatch({ type: 'drop' });
    },
  };
}

/** Tools that mark with one press wait for the pointer to leave, because a second one may join it to zoom. */
const marksAtOnce = ({ tool }: MaskEditor) => tool === 'fill' || tool === 'color';

/** The wheel zooms with Ctrl, as a trackpad's pinch reports it, and pans while the picture is zoomed. Otherwise the page scrolls. */
function useWheel(view: RefObject<HTMLDivElement | null>, latest: RefObject<MaskEditor>, dispatch: Dispatch<MaskAction>): void {
  useEffect(() => {
    const element = view.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent) => {
      const { zoom } = latest.current.window;
      if (!event.ctrlKey && zoom === 1) return;
      event.preventDefault();
      const { left, top, width, height } = element.getBoundingClientRect();
      const at = [(event.clientX - left) / width, (event.clientY - top) / height] as const;
      if (event.ctrlKey) dispatch({ type: 'pinch', factor: Math.exp(-event.deltaY / 200), at, across: 0, down: 0 });
      else dispatch({ type: 'pinch', factor: 1, at, across: event.deltaX / width, down: event.deltaY / height });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [view, latest, dispatch]);
}
