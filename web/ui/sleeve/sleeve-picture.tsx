import { memo } from 'react';
import { drawSleeve } from './draw-sleeve.ts';
import type { SleeveSubject } from './draw-sleeve.ts';
import { SIDE } from './layouts.ts';
import styles from './sleeve.module.css';

const round = (value: number) => Math.round(value * 10) / 10;

/** A playlist's cover as SVG. Hidden from screen readers, because its title is usually next to it; pass `label` where it is not. */
export const SleevePicture = memo(function SleevePicture({ subject, label }: { readonly subject: SleeveSubject; readonly label?: string }) {
  const sleeve = drawSleeve(subject);
  const naming = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <span className={styles['frame']}>
      <svg viewBox={`0 0 ${SIDE} ${SIDE}`} className={styles['picture']} {...naming}>
        <rect width={SIDE} height={SIDE} fill={sleeve.ground} />
        {sleeve.blocks.map((block, at) => (
          <rect key={at} x={round(block.x)} y={round(block.y)} width={round(block.width)} height={round(block.height)} fill={block.fill} />
        ))}
        {sleeve.lines.map((line, at) => (
          <text
            key={at}
            x={round(line.x)}
            y={round(line.y)}
            fill={line.fill}
            fontSize={round(line.size)}
            fontWeight={line.weight}
            textLength={round(line.length)}
            lengthAdjust="spacing"
            style={{ fontStretch: `${round(line.stretch)}%` }}
            {...(line.rotation === undefined ? {} : { transform: `rotate(${line.rotation} ${round(line.x)} ${round(line.y)})` })}
          >
            {line.text}
          </text>
        ))}
        {sleeve.print.map((print) => (
          <text key={`${print.anchor}${print.y}`} className={styles['print']} x={print.x} y={print.y} textAnchor={print.anchor} fill={print.fill}>
            {print.text}
          </text>
        ))}
      </svg>
    </span>
  );
});
