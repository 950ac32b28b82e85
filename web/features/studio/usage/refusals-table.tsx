import { EyeSlash } from '@phosphor-icons/react/EyeSlash';
import { useMutation } from '@tanstack/react-query';
import type { RefusedPrompts, UsageFigures, UsageFiguresInput } from '#shared/contracts/studio/usage-figures.ts';
import { STUDIO_VENDOR_NAMES } from '#shared/domain/studio/vendor-names.ts';
import { dayAndTime } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { dollars } from '../money.ts';
import { REFUSAL_WORDS } from './usage-words.ts';
import styles from './usage.module.css';

type Refusal = UsageFigures['refusals'][number];

interface Row {
  readonly refusal: Refusal;
  readonly scope: UsageFiguresInput;
  readonly today: string;
}

interface TableProps {
  readonly refusals: UsageFigures['refusals'];
  readonly scope: UsageFiguresInput;
  readonly today: string;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    head: 'Reason',
    cell: ({ refusal: { reason, vendor } }) => (
      <>
        {REFUSAL_WORDS[reason]}
        <span className={styles['second']}>{STUDIO_VENDOR_NAMES[vendor]}</span>
      </>
    ),
  },
  { head: 'Renders', numeric: true, cell: ({ refusal }) => count(refusal.renders) },
  {
    head: 'Charged',
    cell: ({ refusal: { charged, usdMicros } }) => (charged === 0 ? 'no' : `${count(charged)}, ${dollars(usdMicros)}`),
  },
  { head: 'Actions', bare: true, cell: (row) => <PromptsButton {...row} /> },
];

/** What vendors refused, by reason. The prompts stay hidden until somebody asks for them, and asking is recorded. */
export function RefusalsTable({ refusals, scope, today }: TableProps) {
  const rows = refusals.map((refusal) => ({ refusal, scope, today }));
  return (
    <>
      <DataTable caption="Refused prompts" rows={rows} keyOf={({ refusal: { vendor, reason } }) => `${vendor} ${reason}`} columns={COLUMNS} />
      <p className={styles['note']}>Prompts stay hidden. Showing them is recorded in the audit log with your name.</p>
    </>
  );
}

function PromptsButton({ refusal, scope, today }: Row) {
  const show = useMutation(trpc.generation.usage.showRefusedPrompts.mutationOptions());
  const what = `${REFUSAL_WORDS[refusal.reason]}, ${STUDIO_VENDOR_NAMES[refusal.vendor]}`;
  return (
    <>
      <Button
        size="small"
        look="quiet"
        icon={<EyeSlash size={16} aria-hidden />}
        aria-label={`Show prompts: ${what}`}
        working={show.isPending ? 'Loading…' : false}
        onClick={() => show.mutate({ ...scope, vendor: refusal.vendor, reason: refusal.reason })}
      >
        Show prompts
      </Button>
      {show.error ? <InlineError error={show.error} /> : null}
      {show.data ? <PromptsDialog title={what} prompts={show.data.prompts} today={today} onClose={show.reset} /> : null}
    </>
  );
}

interface PromptsDialogProps extends RefusedPrompts {
  readonly title: string;
  readonly today: string;
  readonly onClose: () => void;
}

function PromptsDialog({ title, prompts, today, onClose }: PromptsDialogProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <ul className={styles['prompts']}>
        {prompts.map(({ renderId, prompt, name, modelLabel, at }) => (
          <li key={renderId}>
            <blockquote>{prompt ?? 'Without a prompt'}</blockquote>
            <span className="small muted">
              {name ?? 'Operator and network'} · {modelLabel} · {dayAndTime(at, today)}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
