/** Archivo’s advance widths in thousandths of an em, measured from the font at the extremes of its weight and width axes. */
const GLYPHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&'’.,-–!?/#:+ ";
const WEIGHTS = [400, 900] as const;
const STRETCHES = [62, 100, 125] as const;
/** Rows: weight 400 at each stretch, then weight 900. */
const CORNERS = [
  '434 453 485 490 432 381 508 486 201 365 465 366 609 488 519 442 519 475 421 420 479 435 646 458 477 438 389 340 397 390 370 403 387 343 378 387 464 170 184 190 190 240 310 242 377 256 440 220 467 130',
  '682 698 728 734 677 612 796 736 267 559 662 536 847 736 788 665 788 727 673 606 731 648 924 680 655 635 573 521 567 573 555 571 573 553 574 573 692 209 239 277 277 333 500 273 578 294 582 296 625 209',
  '887 879 951 935 869 781 1015 945 324 669 870 683 1082 946 1024 843 1024 903 847 786 924 831 1155 903 825 814 740 642 727 737 698 736 740 662 748 740 861 179 265 280 280 416 625 284 653 305 724 280 706 334',
  '530 498 513 509 462 402 543 513 263 453 510 432 705 518 554 485 554 509 469 475 503 490 729 500 481 475 444 371 427 440 435 437 445 396 432 445 566 213 204 222 222 240 310 266 424 278 499 222 528 110',
  '778 778 778 778 722 667 833 833 369 667 833 667 972 833 833 722 833 778 722 722 833 778 1000 778 778 722 667 667 667 667 667 667 667 667 667 667 889 278 278 333 333 333 500 333 611 306 660 333 660 180',
  '954 930 939 933 860 807 1012 1009 395 764 988 786 1178 1007 1008 865 1008 943 882 877 989 938 1230 961 966 877 811 731 809 813 819 813 815 755 828 815 1065 324 324 381 381 416 625 391 743 309 773 371 750 290',
].map((row) => row.split(' ').map(Number));

/** Height of a capital, in ems. */
export const CAP_HEIGHT = 0.6875;
export const STRETCH_MIN = 62;
export const STRETCH_MAX = 125;
/** A glyph outside the table counts as wide as an N; letter spacing then sets the exact length of the line. */
const FALLBACK_GLYPH = GLYPHS.indexOf('N');

/** Width of a line of capitals in ems, without kerning. */
export function lineWidth(text: string, weight: number, stretch: number): number {
  const heavy = clamp((weight - WEIGHTS[0]) / (WEIGHTS[1] - WEIGHTS[0]));
  const [low, part] =
    stretch < STRETCHES[1]
      ? [0, (stretch - STRETCHES[0]) / (STRETCHES[1] - STRETCHES[0])]
      : [1, (stretch - STRETCHES[1]) / (STRETCHES[2] - STRETCHES[1])];
  let sum = 0;
  for (const letter of text.normalize('NFD').replaceAll(/\p{M}/gu, '')) {
    const index = GLYPHS.indexOf(letter);
    const glyph = index < 0 ? FALLBACK_GLYPH : index;
    const at = (row: number) => mix(advance(row + low, glyph), advance(row + low + 1, glyph), clamp(part));
    sum += mix(at(0), at(STRETCHES.length), heavy);
  }
  return sum / 1000;
}

const advance = (row: number, glyph: number) => CORNERS[row]?.[glyph] ?? 0;
const mix = (from: number, to: number, part: number) => from + (to - from) * part;
const clamp = (value: number) => Math.min(1, Math.max(0, value));
