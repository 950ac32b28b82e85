import { Kbd } from '#web/ui/controls/kbd.tsx';
import styles from './mask-keyboard.module.css';

const KEYS: readonly (readonly [readonly string[], string])[] = [
  [['←', '↑', '→', '↓'], 'Move the crosshair by 1%; with Shift by 10%'],
  [['Space'], 'Start and end a stroke, or set a corner'],
  [['Esc'], 'Drop the stroke'],
  [['B', 'X'], 'Brush, eraser'],
  [['R', 'E', 'L'], 'Rectangle, ellipse, lasso'],
  [['F', 'C'], 'Fill a closed area, select by color'],
  [['I'], 'Invert'],
  [['[', ']'], 'Brush smaller, larger; tolerance of a color'],
  [['1', '9'], 'Mark a ninth of the picture, 1 to 9'],
  [['W'], 'Say where the crosshair is'],
  [['Ctrl', 'Z'], 'Undo one step; with Shift redo'],
  [['+', '-', '0'], 'Zoom in, out, fit'],
];

/** The keys that work while the picture has the focus. */
export function MaskKeyboard() {
  return (
    <section className={styles['part']}>
      <h2>Keyboard</h2>
      <p className="small muted">These keys work while the picture has the focus.</p>
      <dl>
        {KEYS.map(([keys, words]) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
