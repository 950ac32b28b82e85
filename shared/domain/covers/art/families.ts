import { CONTOUR } from './families/contour.ts';
import { ECHO } from './families/echo.ts';
import { EMBLEM } from './families/emblem.ts';
import { GRID } from './families/grid.ts';
import { GROOVE } from './families/groove.ts';
import { HALFTONE } from './families/halftone.ts';
import { LETTER } from './families/letter.ts';
import { PAPER } from './families/paper.ts';
import { RISO } from './families/riso.ts';
import { RULES } from './families/rules.ts';
import { SCORE } from './families/score.ts';
import { TYPE } from './families/type.ts';
import type { ArtFamily } from './family-names.ts';
import type { Composition } from './print.ts';

/** The five compositions of each family. */
export const ART_FAMILIES: Readonly<Record<ArtFamily, readonly Composition[]>> = {
  grid: GRID,
  halftone: HALFTONE,
  paper: PAPER,
  contour: CONTOUR,
  rules: RULES,
  riso: RISO,
  type: TYPE,
  groove: GROOVE,
  score: SCORE,
  letter: LETTER,
  emblem: EMBLEM,
  echo: ECHO,
};
