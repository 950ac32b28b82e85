import { Star } from '@phosphor-icons/react/Star';
import { X } from '@phosphor-icons/react/X';
import type { ReactNode } from 'react';
import type { AssetFacets } from '#shared/contracts/studio/library/asset-views.ts';
import type { CollectionView } from '#shared/contracts/studio/library/collections.ts';
import { COLOR_WORDS } from '#shared/vocabulary.ts';
import { capitalize, count } from '#web/lib/words.ts';
import { Chip } from '#web/ui/controls/chip.tsx';
import { FilledStar } from './filled-star.tsx';
import { activeFilters, TASK_WORDS } from './library-filter.ts';
import type { LibraryFilter } from './library-filter.ts';
import styles from './library-filters.module.css';

interface FiltersProps {
  readonly filter: LibraryFilter;
  readonly facets: AssetFacets | undefined;
  readonly collections: readonly CollectionView[] | undefined;
  readonly onChange: (change: LibraryFilter) => void;
}

/** What narrows the library. A filter that is on is removed by its own button. */
export function LibraryFilters({ filter, facets, collections, onChange }: FiltersProps) {
  const on = activeFilters(filter, facets, collections);
  const isOn = (key: keyof LibraryFilter) => on.some((one) => one.key === key);
  return (
    <div className={styles['filters']} role="group" aria-label="Filters">
      {on
        .filter(({ key }) => key !== 'starred' && key !== 'color')
        .map(({ key, words }) => (
          <Chip key={key} chosen onClick={() => onChange({ [key]: undefined })} aria-label={`Remove the filter “${words}”`}>
            {words}
            <X size={12} aria-hidden />
          </Chip>
        ))}
      {isOn('kind') ? null : (
        <Choice label="Kind" onChoose={(kind) => onChange({ kind: kind as 'image' | 'video' })}>
          <option value="image">Pictures</option>
          <option value="video">Videos</option>
        </Choice>
      )}
      {isOn('task') || !facets?.tasks.length ? null : (
        <Choice label="Task" onChoose={(task) => onChange({ task: task as LibraryFilter['task'] })}>
          {facets.tasks.map(({ task, count: how }) => (
            <option key={task} value={task}>{`${TASK_WORDS[task]} (${count(how)})`}</option>
          ))}
        </Choice>
      )}
      {isOn('model') || !facets?.models.length ? null : (
        <Choice label="Model" onChoose={(model) => onChange({ model })}>
          {facets.models.map(({ id, label, count: how }) => (
            <option key={id} value={id}>{`${label} (${count(how)})`}</option>
          ))}
        </Choice>
      )}
      {isOn('lora') || !facets?.loras.length ? null : (
        <Choice label="LoRA" onChoose={(lora) => onChange({ lora })}>
          {facets.loras.map(({ id, name, count: how }) => (
            <option key={id} value={id}>{`${name} (${count(how)})`}</option>
          ))}
        </Choice>
      )}
      {isOn('collection') || !collections?.length ? null : (
        <Choice label="Collection" onChoose={(collection) => onChange({ collection })}>
          {collections.map(({ id, name, count: how }) => (
            <option key={id} value={id}>{`${name} (${count(how)})`}</option>
          ))}
        </Choice>
      )}
      {isOn('since') ? null : (
        <label className={styles['since']}>
          <span>Since</span>
          <input type="date" aria-label="Made since" onChange={({ target }) => (target.value ? onChange({ since: target.value }) : undefined)} />
        </label>
      )}
      <Chip chosen={filter.starred === true} onClick={() => onChange({ starred: filter.starred ? undefined : true })}>
        {filter.starred ? <FilledStar size={14} /> : <Star size={14} aria-hidden />}
        Starred
      </Chip>
      <span className={styles['colors']} role="group" aria-label="Main color">
        {COLOR_WORDS.map((color) => (
          <button
            key={color}
            type="button"
            aria-label={capitalize(color)}
            title={capitalize(color)}
            aria-pressed={filter.color === color}
            data-color={color}
            onClick={() => onChange({ color: filter.color === color ? undefined : color })}
          />
        ))}
      </span>
    </div>
  );
}

/** A filter that is off: choosing a value turns it on. */
function Choice({ label, onChoose, children }: { readonly label: string; readonly onChoose: (value: string) => void; readonly children: ReactNode }) {
  return (
    <select className={styles['choice']} aria-label={label} value="" onChange={({ target }) => onChoose(target.value)}>
      <option value="" disabled>
        {label}
      </option>
      {children}
    </select>
  );
}
