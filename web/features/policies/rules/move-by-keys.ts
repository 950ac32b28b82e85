import type { KeyboardEvent } from 'react';

/** Alt+Arrow moves the innermost rule that holds the focus, not its parents. */
export function moveByKeys(event: KeyboardEvent, move: (step: -1 | 1) => void): void {
  const step = event.altKey ? STEPS[event.key] : undefined;
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  move(step);
}

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowDown: 1 };
