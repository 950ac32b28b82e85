import type { ModelSettingsView } from '#shared/contracts/studio/model-settings.ts';
import { STUDIO_TASKS } from '#shared/vocabulary.ts';
import { dayName } from '#web/lib/dates.ts';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { price } from '../../money.ts';
import { TASK_WORDS } from '../../library/library-filter.ts';
import { ModelActions } from './model-actions.tsx';
import { describeRuns, PRICE_SOURCES, UNIT_NAMES, whoMayUse } from './model-words.ts';
import styles from './settings.module.css';

const COLUMNS: readonly Column<ModelSettingsView>[] = [
  {
    head: 'Model',
    cell: ({ label, vendorName, goodFor }) => (
      <>
        <b>{label}</b>
        <span className={styles['detail']}>{vendorName === 'Segue' ? goodFor : `${vendorName} · ${goodFor}`}</span>
      </>
    ),
  },
  {
    head: 'Tasks',
    cell: ({ tasks, defaultFor }) =>
      STUDIO_TASKS.filter((task) => tasks.includes(task)).map((task) => (
        <span key={task} className={styles['task']}>
          {TASK_WORDS[task]}
          {defaultFor.includes(task) ? ' (first choice)' : ''}
        </span>
      )),
  },
  { head: 'Price', numeric: true, cell: (model) => <PriceCell {...model} /> },
  { head: 'For', cell: ({ roles }) => whoMayUse(roles) },
  { head: 'Last ten runs', numeric: true, cell: (model) => <RunsCell {...model} /> },
  { head: 'Status', cell: (model) => <StatusCell {...model} /> },
  { head: 'Actions', bare: true, cell: (model) => <ModelActions model={model} /> },
];

/** All models of the registry in the order of the picker. */
export function ModelSettingsTable({ models }: { readonly models: readonly ModelSettingsView[] }) {
  return <DataTable caption="Models" rows={models} keyOf={(model) => model.id} columns={COLUMNS} />;
}

function PriceCell({ price: now, unit, priceProblem }: ModelSettingsView) {
  if (now.usdMicros === 0) return 'Free';
  return (
    <>
      {price(now.usdMicros)} <span className="muted">{UNIT_NAMES[unit]}</span>
      <span className={styles['detail']}>
        {PRICE_SOURCES[now.source]} {dayName(now.day)}
      </span>
      {priceProblem === null ? null : <span className={styles['problem']}>{priceProblem}</span>}
    </>
  );
}

function RunsCell({ runs, recentSeconds }: ModelSettingsView) {
  const words = describeRuns(runs, recentSeconds);
  if (!words) return <span className="muted">Not run yet</span>;
  return (
    <>
      {words.middle}
      {words.range === null ? null : <span className={styles['detail']}>{words.range}</span>}
    </>
  );
}

function StatusCell({ isOn, unavailableBecause, state }: ModelSettingsView) {
  if (!isOn) return <StatusText tone="quiet">Turned off</StatusText>;
  if (unavailableBecause !== null)
    return (
      <>
        <StatusText tone="soon">Cannot be used</StatusText>
        <span className={styles['detail']}>{unavailableBecause}</span>
      </>
    );
  if (state.kind === 'ending') return <StatusText tone="soon">Ends on {dayName(state.until)}</StatusText>;
  return <StatusText tone="good">On</StatusText>;
}
