import { ArrowUUpLeft } from '@phosphor-icons/react/ArrowUUpLeft';
import { ArrowUUpRight } from '@phosphor-icons/react/ArrowUUpRight';
import { Circle } from '@phosphor-icons/react/Circle';
import { Eraser } from '@phosphor-icons/react/Eraser';
import { Eyedropper } from '@phosphor-icons/react/Eyedropper';
import { Lasso } from '@phosphor-icons/react/Lasso';
import { PaintBrush } from '@phosphor-icons/react/PaintBrush';
import { PaintBucket } from '@phosphor-icons/react/PaintBucket';
import { Rectangle } from '@phosphor-icons/react/Rectangle';
import { SelectionInverse } from '@phosphor-icons/react/SelectionInverse';
import { X } from '@phosphor-icons/react/X';
import type { ComponentType, Dispatch, ReactNode } from 'react';
import { COLOR_TOLERANCE } from '#shared/domain/studio/masks/select-color.ts';
import { MASK_EDGE_MAX_PX } from '#shared/domain/studio/masks/soften-mask.ts';
import { moveInList } from '#web/lib/keyboard.ts';
import { DIAMETER_MIN, diameterMax, diameterOf } from './mask-state.ts';
import type { MaskAction, MaskEditor, MaskTool } from './mask-state.ts';
import styles from './mask-tools.module.css';

const TOOLS: readonly (readonly [MaskTool, string, string, ComponentType<{ readonly size: number }>])[] = [
  ['brush', 'Brush', 'B', PaintBrush],
  ['eraser', 'Eraser', 'X', Eraser],
  ['rectangle', 'Rectangle', 'R', Rectangle],
  ['ellipse', 'Ellipse', 'E', Circle],
  ['lasso', 'Lasso', 'L', Lasso],
  ['fill', 'Fill', 'F', PaintBucket],
  ['color', 'By color', 'C', Eyedropper],
];

interface MaskToolsProps {
  readonly editor: MaskEditor;
  readonly dispatch: Dispatch<MaskAction>;
}

/** The tools of the mask editor with their keys. The chosen one is reversed; the brush and the eraser each keep their size, and the selection by color its tolerance. */
export function MaskTools({ editor, dispatch }: MaskToolsProps) {
  const { tool, history, size, edge } = editor;
  const diameter = diameterOf(editor);
  return (
    <div
      className={styles['tools']}
      role="toolbar"
      aria-label="Mask tools"
      aria-orientation="vertical"
      onKeyDown={(event) => moveInList(event, 'button')}
    >
      {TOOLS.map(([name, label, key, Icon]) => (
        <ToolButton
          key={name}
          label={label}
          shortcut={key}
          isPressed={tool === name}
          icon={<Icon size={16} />}
          onClick={() => dispatch({ type: 'tool', tool: name })}
        />
      ))}
      <ToolButton
        label="Invert"
        shortcut="I"
        icon={<SelectionInverse size={16} />}
        onClick={() => dispatch({ type: 'add', operation: { kind: 'invert' } })}
      />
      <div className={styles['sliders']}>
        {tool === 'color' ? (
          <Slider
            label="Tolerance"
            unit=""
            value={editor.tolerance}
            bounds={[COLOR_TOLERANCE.min, COLOR_TOLERANCE.max]}
            onChange={(tolerance) => dispatch({ type: 'tolerance', tolerance })}
          />
        ) : (
          <Slider
            label={tool === 'eraser' ? 'Eraser' : 'Brush'}
            value={diameter}
            bounds={[DIAMETER_MIN, diameterMax(size)]}
            onChange={(value) => dispatch({ type: 'diameter', diameter: value })}
          />
        )}
        <Slider
          label="Soft edge"
          value={edge.softPx}
          bounds={[0, MASK_EDGE_MAX_PX]}
          onChange={(softPx) => dispatch({ type: 'edge', edge: { ...edge, softPx } })}
        />
        <Slider
          label="Grow"
          value={edge.growPx}
          bounds={[0, MASK_EDGE_MAX_PX]}
          onChange={(growPx) => dispatch({ type: 'edge', edge: { ...edge, growPx } })}
        />
      </div>
      <ToolButton
        label="Undo"
        shortcut="Ctrl Z"
        icon={<ArrowUUpLeft size={16} />}
        isOff={history.done.length === 0}
        onClick={() => dispatch({ type: 'undo' })}
      />
      <ToolButton
        label="Redo"
        shortcut="Ctrl Y"
        icon={<ArrowUUpRight size={16} />}
        isOff={history.undone.length === 0}
        onClick={() => dispatch({ type: 'redo' })}
      />
      <ToolButton
        label="Clear"
        icon={<X size={16} />}
        isOff={history.done.length === 0}
        onClick={() => dispatch({ type: 'add', operation: { kind: 'clear' } })}
      />
    </div>
  );
}

interface ToolButtonProps {
  readonly label: string;
  readonly shortcut?: string;
  readonly icon: ReactNode;
  readonly isPressed?: boolean;
  readonly isOff?: boolean;
  readonly onClick: () => void;
}

function ToolButton({ label, shortcut, icon, isPressed, isOff = false, onClick }: ToolButtonProps) {
  return (
    <button type="button" aria-pressed={isPressed} aria-disabled={isOff || undefined} onClick={isOff ? undefined : onClick}>
      <span aria-hidden>{icon}</span>
      {label}
      {shortcut ? <kbd aria-hidden>{shortcut}</kbd> : null}
    </button>
  );
}

interface SliderProps {
  readonly label: string;
  readonly unit?: 'px' | '';
  readonly value: number;
  readonly bounds: readonly [number, number];
  readonly onChange: (value: number) => void;
}

function Slider({ label, unit = 'px', value, bounds: [min, max], onChange }: SliderProps) {
  return (
    <label>
      <span>
        {label} <b>{unit ? `${value} ${unit}` : value}</b>
      </span>
      <input
        type="range"
        aria-label={unit ? `${label} in pixels` : label}
        min={min}
        max={max}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </label>
  );
}
