import { useEffect, useState } from 'react';
import { INPUT_IDS } from '#shared/domain/studio/model.ts';
import type { InputId, ModelValues } from '#shared/domain/studio/model.ts';
import { STUDIO_TASKS } from '#shared/vocabulary.ts';
import type { StudioTask } from '#shared/vocabulary.ts';

/** One side of a parameter grid as it is typed. */
export interface DraftAxis {
  readonly input: InputId;
  readonly typed: string;
}

/** What is asked of models: kept in this browser, so that leaving the page and coming back loses nothing. */
export interface StudioDraft {
  readonly task: StudioTask;
  /** By input; values that the chosen models do not take are kept for others. */
  readonly values: ModelValues;
  /** Ids of the chosen models for each task. */
  readonly chosen: Readonly<Partial<Record<StudioTask, readonly string[]>>>;
  readonly copies: number;
  readonly across: DraftAxis | null;
  readonly down: DraftAxis | null;
}

const storageKey = (page: DraftPage) => `segue.studio.${page}`;

/** Each page has its own: what repaints a part is not what draws a picture. */
type DraftPage = 'create' | 'repaint';

const EMPTY: StudioDraft = { task: 'text_to_image', values: {}, chosen: {}, copies: 1, across: null, down: null };

/** The draft, stored at each change. `first` replaces parts of it when the page opens, such as a picture that another page sent here. */
export function useStudioDraft(page: DraftPage, first: Partial<StudioDraft>) {
  const [draft, setDraft] = useState<StudioDraft>(() => {
    const stored = loadStudioDraft(page);
    return { ...stored, ...first, values: { ...stored.values, ...first.values } };
  });
  useEffect(() => storeStudioDraft(page, draft), [page, draft]);
  return { draft, setDraft };
}

function loadStudioDraft(page: DraftPage): StudioDraft {
  try {
    return readDraft(JSON.parse(localStorage.getItem(storageKey(page)) ?? 'null'));
  } catch {
    return EMPTY;
  }
}

function storeStudioDraft(page: DraftPage, draft: StudioDraft): void {
  try {
    localStorage.setItem(storageKey(page), JSON.stringify(draft));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

const record = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {});

/** What an older page or another program stored is taken only where it has the right form. */
function readDraft(stored: unknown): StudioDraft {
  if (typeof stored !== 'object' || stored === null) return EMPTY;
  const { task, values, chosen, copies, across, down } = stored as Readonly<Record<string, unknown>>;
  return {
    task: STUDIO_TASKS.find((one) => one === task) ?? EMPTY.task,
    values: Object.fromEntries(INPUT_IDS.filter((id) => id in record(values)).map((id) => [id, record(values)[id]])),
    chosen: Object.fromEntries(
      STUDIO_TASKS.flatMap((one) => {
        const ids = record(chosen)[one];
        return Array.isArray(ids) ? [[one, ids.filter((id) => typeof id === 'string')]] : [];
      }),
    ),
    copies: typeof copies === 'number' && Number.isInteger(copies) && copies >= 1 && copies <= 8 ? copies : 1,
    across: readAxisDraft(across),
    down: readAxisDraft(down),
  };
}

function readAxisDraft(stored: unknown): DraftAxis | null {
  const { input, typed } = typeof stored === 'object' && stored !== null ? (stored as Readonly<Record<string, unknown>>) : {};
  const id = INPUT_IDS.find((one) => one === input);
  return id !== undefined && typeof typed === 'string' ? { input: id, typed } : null;
}
