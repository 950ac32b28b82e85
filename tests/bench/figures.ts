/** Prints one line per figure: `BENCH name.figure value <=|>= goal`. A missed goal sets exit code 1. */
export function reportFigure(name: string, value: number, goal: { atMost: number } | { atLeast: number }): void {
  const [sign, bound, met] = 'atMost' in goal ? ['<=', goal.atMost, value <= goal.atMost] : ['>=', goal.atLeast, value >= goal.atLeast];
  console.log(`BENCH ${name} ${round(value)} ${sign} ${bound}${met ? '' : '  (missed)'}`);
  if (!met) process.exitCode = 1;
}

/** Prints a figure without a goal, for comparison with other runs. */
export function reportObserved(name: string, value: number, unit: string): void {
  console.log(`SEEN  ${name} ${round(value)} ${unit}`);
}

const round = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000);
