/** How a picture is printed, by decade. It decides how a tint is made and what marks the press leaves. */
export const TECHNIQUES = ['letterpress', 'offset', 'airbrush', 'photocopy', 'vector'] as const;
export type Technique = (typeof TECHNIQUES)[number];

/** The technique of a decade's sleeves; offset when the decade is unknown. */
export function techniqueOf(decade: number | null): Technique {
  if (decade === null) return 'offset';
  if (decade < 1960) return 'letterpress';
  if (decade < 1980) return 'offset';
  if (decade < 1990) return 'airbrush';
  return decade < 2000 ? 'photocopy' : 'vector';
}
