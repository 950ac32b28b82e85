import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { TextField } from '#web/ui/controls/field.tsx';
import { Builder } from '../rules/builder.tsx';
import { EditorProvider } from './editor-context.ts';
import type { Editor } from './editor-context.ts';
import { EditorTop } from './editor-top.tsx';
import { FormatNote } from './format-note.tsx';
import { JsonNotice } from '../json/json-notice.tsx';
import { JsonTab } from '../json/json-tab.tsx';
import { TagSuggestions } from '../rules/tag-suggestions.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import styles from './policy-editor.module.css';
import { PreviewList } from '../preview/preview-list.tsx';
import { cacheRecordingNames } from './recording-names.ts';
import { focusRule, reveal } from './reveal.ts';
import { pathKey } from '../rules/rule-path.ts';
import { SaveBar } from './save-bar.tsx';
import type { TreeEdit } from '../rules/tree-edits.ts';
import { useDraftResults } from '../preview/use-draft-results.ts';
import type { DraftResults } from '../preview/use-draft-results.ts';
import { usePolicyDraft } from './use-policy-draft.ts';
import type { PolicyDraft } from './use-policy-draft.ts';
import type { DraftBase, EditedFamily } from '../versions/draft-content.ts';
import { FeasibilityPanel } from '../preview/feasibility-panel.tsx';

interface PolicyEditorProps {
  readonly base: DraftBase;
  /** The policy that gets a next version; undefined for a new policy. */
  readonly family?: EditedFamily | undefined;
}

/** Two columns: the policy on the left, its live results on the right. */
export function PolicyEditor({ base, family }: PolicyEditorProps) {
  const draft = usePolicyDraft(base);
  const [view, setView] = useState<'builder' | 'json'>('builder');
  const [side, setSide] = useState<'policy' | 'results'>('policy');
  // While the text is not valid JSON, the results stay those of the last valid policy.
  const document = draft.document ?? JSON.stringify(draft.content.policy);
  const answers = useDraftResults({ document, familyId: family?.familyId, playlists: family?.playlists ?? 1 });
  const [jump, setJump] = useState<{ readonly path: string } | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const policyColumn = useRef<HTMLDivElement>(null);
  const { editor, announcement } = useEditing(draft, { answers, within: policyColumn });
  const isBroken = draft.document === null;
  useEffect(() => cacheRecordingNames(answers.preview.data?.entries ?? []), [answers.preview.data]);
  const onReveal = (path: string) => {
    setSide('policy');
    if (view === 'json') setJump({ path });
    else if (policyColumn.current) reveal(policyColumn.current, path);
  };
  const onKey = (event: KeyboardEvent) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z';
    if (!isUndo || event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    draft.dispatch({ type: event.shiftKey ? 'redo' : 'undo' });
  };
  return (
    <EditorProvider value={editor}>
      <div className={styles['editor']} data-side={side} onKeyDown={onKey} ref={root}>
        <EditorTop
          draft={draft}
          view={view}
          onView={setView}
          side={side}
          onSide={(next) => {
            setSide(next);
            root.current?.scrollIntoView({ block: 'start' });
          }}
        />
        <div className={styles['policy']} ref={policyColumn}>
          <TextField
            label="Name"
            required
            maxLength={80}
            value={draft.content.name}
            onChange={(event) => draft.dispatch({ type: 'name', name: event.target.value })}
          />
          {view === 'json' ? (
            <JsonTab text={draft.text} onType={(text) => draft.dispatch({ type: 'text', text })} problems={editor.problems} jump={jump} />
          ) : (
            <>
              <JsonNotice draft={draft} onJson={() => setView('json')} />
              {draft.content.policy.version === 1 ? <FormatNote family={family} isChanged={draft.isChanged} /> : null}
              <fieldset className={styles['builder']} disabled={isBroken || draft.unsupported !== null}>
                <legend className="sr">Policy rules</legend>
                <Builder />
              </fieldset>
            </>
          )}
        </div>
        <div className={styles['results']} role="region" aria-label="Results" tabIndex={0}>
          <FeasibilityPanel
            answers={answers}
            broken={isBroken ? 'broken' : null}
            policy={draft.content.policy}
            onApply={(policy) => draft.dispatch({ type: 'policy', policy, key: null })}
            onReveal={onReveal}
          />
          <PreviewList answers={answers} size={draft.content.policy.size} isWhole={draft.content.policy.version === 2} />
        </div>
        <SaveBar draft={draft} results={answers} base={base} family={family} />
      </div>
      <p className="sr" role="status">
        {announcement}
      </p>
      <TagSuggestions />
      <LeaveGuard isChanged={draft.isChanged} />
    </EditorProvider>
  );
}

interface EditingContext {
  readonly answers: DraftResults;
  readonly within: { readonly current: HTMLElement | null };
}

/** Builds the editor context. After an edit of the rule tree the focus stays on the edited rule. */
function useEditing(
  draft: PolicyDraft,
  { answers: { check, isCurrent }, within }: EditingContext,
): { readonly editor: Editor; readonly announcement: string } {
  const [announcement, setAnnouncement] = useState('');
  const focus = useRef<string>(null);
  const { dispatch } = draft;
  const { policy } = draft.content;
  useEffect(() => {
    const path = focus.current;
    focus.current = null;
    if (path !== null && within.current) focusRule(within.current, path);
  });
  const counts = useMemo(() => new Map((check.data?.counts ?? []).map((one) => [one.path, one])), [check.data]);
  const editor: Editor = {
    policy,
    counts,
    isCurrent,
    problems: isCurrent ? (check.data?.problems ?? []) : [],
    catalog: check.data?.catalog ?? null,
    edit: (next: Policy, key?: string) => dispatch({ type: 'policy', policy: next, key: key ?? null }),
    editTree: (edit: TreeEdit, message = '') => {
      focus.current = pathKey(edit.focus);
      setAnnouncement(message);
      dispatch({ type: 'policy', policy: edit.policy, key: null });
    },
  };
  return { editor, announcement };
}
