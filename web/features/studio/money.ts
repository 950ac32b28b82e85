/** Dollars of a single picture have three decimals, as vendors bill them; budgets have two. */
const single = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', minimumFractionDigits: 3, maximumFractionDigits: 4 });
const budget = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** 33,600 → "$0.0336"; 0 → "Free". */
export const price = (usdMicros: number) => (usdMicros === 0 ? 'Free' : single.format(usdMicros / 1_000_000));

/** 1,140,000 → "$1.14". */
export const dollars = (usdMicros: number) => budget.format(usdMicros / 1_000_000);
