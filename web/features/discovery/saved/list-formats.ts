import type { ListFormat } from '#shared/contracts/discovery/export-list.ts';

/** Forms of a file that a list can be downloaded as, as they are shown. */
export const FORMATS_SHOWN: readonly { readonly format: ListFormat; readonly label: string }[] = [
  { format: 'csv', label: 'CSV' },
  { format: 'jspf', label: 'JSPF' },
  { format: 'text', label: 'Text' },
];
