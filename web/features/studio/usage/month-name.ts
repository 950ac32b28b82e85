const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long' });

/** "2026-11-01" → "November". */
export const monthName = (month: string) => format.format(new Date(`${month.slice(0, 7)}-01T00:00:00Z`));
