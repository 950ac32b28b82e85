/** A number or null as a field shows it; null is an empty field. */
export const typedNumber = (value: number | null) => (value === null ? '' : String(value));

/** Micro-dollars as a field shows dollars. */
export const typedDollars = (usdMicros: number | null) => (usdMicros === null ? '' : (usdMicros / 1_000_000).toFixed(2));

/** What a field says: null when it is empty. */
export const optionalNumber = (typed: string) => (typed.trim() === '' ? null : Number(typed));

/** Dollars of a field in micro-dollars: null when it is empty. */
export const microsOfDollars = (typed: string) => (typed.trim() === '' ? null : Math.round(Number(typed) * 1_000_000));
