import { LockSimple } from '@phosphor-icons/react/LockSimple';
import { X } from '@phosphor-icons/react/X';
import { useState } from 'react';
import type { VibeChip } from '#shared/contracts/discovery/generate-vibe.ts';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { WISHES, WISH_FIELDS, WISH_GROUPS, withWish } from './spec-fields.ts';
import type { WishField } from './spec-fields.ts';
import { WishEditorForm } from './wish-editor.tsx';
import styles from './wish-chips.module.css';

interface WishChipsProps {
  readonly spec: VibeSpec;
  readonly chips: readonly VibeChip[];
  readonly onChange: (spec: VibeSpec) => void;
}

/** What was understood, as chips by group: pressing one edits it, × removes it, and any other wish can be added. A lock marks what is never relaxed. */
export function WishChips({ spec, chips, onChange }: WishChipsProps) {
  const [open, setOpen] = useState<WishField | null>(null);
  const set = (field: WishField, value: VibeSpec[WishField]) => {
    setOpen(null);
    onChange(withWish(spec, field, value));
  };
  const isAdding = open !== null && !chips.some(({ field }) => field === open);
  const groups = WISH_GROUPS.map((name) => ({ name, chips: chips.filter(({ field }) => WISHES[field].group === name) }));
  return (
    <section aria-labelledby="understood">
      <h2 id="understood" className={styles['heading']}>
        Understood as
      </h2>
      {chips.length === 0 ? <p className={styles['none']}>Nothing yet: any music of the catalog fits. Add a wish below.</p> : null}
      <dl className={styles['groups']}>
        {groups
          .filter((group) => group.chips.length > 0)
          .map((group) => (
            <div key={group.name}>
              <dt>{group.name}</dt>
              <dd className={styles['chips']}>
                {group.chips.map(({ field, label, isHard }) => (
                  <span key={field} className={styles['chip']} data-open={open === field || undefined}>
                    <button
                      type="button"
                      aria-expanded={open === field}
                      disabled={WISHES[field].editor.kind === 'none'}
                      onClick={() => setOpen(open === field ? null : field)}
                    >
                      {isHard ? (
                        <>
                          <LockSimple size={14} className="icon" aria-hidden />
                          <span className="sr">Never relaxed: </span>
                        </>
                      ) : null}{' '}
                      {label}
                    </button>
                    <button type="button" className={styles['remove']} aria-label={`Remove: ${label}`} onClick={() => set(field, undefined)}>
                      <X size={14} aria-hidden />
                    </button>
                  </span>
                ))}
              </dd>
              {open !== null && group.chips.some(({ field }) => field === open) ? (
                <dd className={styles['editor']}>
                  <WishEditorForm key={open} field={open} value={spec[open]} onSave={(value) => set(open, value)} onCancel={() => setOpen(null)} />
                </dd>
              ) : null}
            </div>
          ))}
      </dl>
      <AddWish present={new Set(chips.map(({ field }) => field))} value={isAdding ? open : null} onChoose={setOpen} />
      {isAdding ? (
        <WishEditorForm key={open} field={open} value={WISHES[open].start} onSave={(value) => set(open, value)} onCancel={() => setOpen(null)} />
      ) : null}
    </section>
  );
}

interface AddWishProps {
  readonly present: ReadonlySet<WishField>;
  readonly value: WishField | null;
  readonly onChoose: (field: WishField | null) => void;
}

function AddWish({ present, value, onChoose }: AddWishProps) {
  const absent = WISH_FIELDS.filter((field) => !present.has(field) && WISHES[field].editor.kind !== 'none');
  return (
    <label className={styles['add']}>
      <span>Add a wish</span>
      <select value={value ?? ''} onChange={(event) => onChoose(absent.find((field) => field === event.target.value) ?? null)}>
        <option value="">Choose…</option>
        {absent.map((field) => (
          <option key={field} value={field}>
            {WISHES[field].name}
          </option>
        ))}
      </select>
    </label>
  );
}
