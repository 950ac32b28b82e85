import type { NetworkUsageView } from '#shared/contracts/studio/usage.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { STUDIO_VENDORS } from '#shared/vocabulary.ts';
import type { CostState, StudioVendor } from '#shared/vocabulary.ts';
import { count } from '#web/lib/words.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import { dollars } from '../money.ts';

const STATES: readonly (readonly [CostState, string])[] = [
  ['charged', 'Charged'],
  ['reserved', 'Reserved'],
  ['refunded', 'Refunded'],
  ['unknown', 'Unknown'],
];

/** The month's ledger: renders and dollars by vendor and by how the cost ended. */
export function LedgerTable({ ledger }: { readonly ledger: NetworkUsageView['ledger'] }) {
  const vendors = STUDIO_VENDORS.filter((vendor) => ledger.some((line) => line.vendor === vendor));
  const cell = (vendor: StudioVendor, state: CostState) => {
    const line = ledger.find((one) => one.vendor === vendor && one.state === state);
    return line ? `${dollars(line.usdMicros)} · ${count(line.renders)}` : '–';
  };
  if (vendors.length === 0) return <p className="muted small">No pictures of models this month.</p>;
  return (
    <DataTable
      caption="Costs by vendor"
      rows={vendors}
      keyOf={(vendor) => vendor}
      columns={[
        { head: 'Vendor', cell: (vendor) => STUDIO_VENDOR_NAMES[vendor] },
        ...STATES.map(([state, head]) => ({ head, numeric: true, cell: (vendor: StudioVendor) => cell(vendor, state) })),
      ]}
    />
  );
}
