import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { TextField } from '#web/ui/controls/field.tsx';
import { Builder } from '../rules/builder.tsx';
import { EditorProvider } from './editor-context.ts';
import type { Editor } from './editor-context.ts';
import { EditorTop } from './editor-top.tsx';
import { JsonNotice } from '../json/json-notice.tsx';
import { JsonTab } from '../json/json-tab.tsx';
import { KnownTags } from '../rules/known-tags.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import styles from './policy-editor.module.css';
import { PreviewList } from '../preview/preview-list.tsx';
import { learnRecordingNames } from './recording-names.ts';
import { focusRule, reveal } from './reveal.ts';
import { pathText } from '../rules/rule-path.ts';
import { SaveBar } from './save-bar.tsx';
import type { TreeEdit } from '../rules/tree-edits.ts';
import { useLiveAnswers } from '../preview/use-live-answers.ts';
import type { LiveAnswers } from '../preview/use-live-answers.ts';
import { usePolicyDraft } from './use-policy-draft.ts';
import type { PolicyDraft } from './use-policy-draft.ts';
import type { DraftBase, EditedFamily } from '../versions/written-policy.ts';
import { Verdict } from '../preview/verdict.tsx';

interface PolicyEditorProps {
  readonly base: DraftBase;
  /** The policy that gets a next version; none for one that is new. */
  readonly family?: EditedFamily | undefined;
}

/** Two columns: on the left what one asks for, on the right, at once, what one gets. */
export function PolicyEditor({ base, family }: PolicyEditorProps) {
  const draft = usePolicyDraft(base);
  const [view, setView] = useState<'builder' | 'json'>('builder');
  const [side, setSide] = useState<'ask' | 'get'>('ask');
  // While the text is broken the answers stay those of the last policy that could be read.
  const document = draft.document ?? JSON.stringify(draft.written.policy);
  const answers = useLiveAnswers({ document, familyId: family?.familyId, playlists: family?.playlists ?? 1 });
  const [jump, setJump] = useState<{ readonly path: string } | null>(null);
  const whole = useRef<HTMLDivElement>(null);
  const ask = useRef<HTMLDivElement>(null);
  const { editor, told } = useEditing(draft, { answers, within: ask });
  const isBroken = draft.document === null;
  useEffect(() => learnRecordingNames(answers.preview.data?.entries ?? []), [answers.preview.data]);
  const onReveal = (path: string) => {
    setSide('ask');
    if (view === 'json') setJump({ path });
    else if (ask.current) reveal(ask.current, path);
  };
  const onKey = (event: KeyboardEvent) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z';
    if (!isUndo || event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    draft.act({ act: event.shiftKey ? 'redo' : 'undo' });
  };
  return (
    <EditorProvider value={editor}>
      <div className={styles['editor']} data-side={side} onKeyDown={onKey} ref={whole}>
        <EditorTop
          draft={draft}
          view={view}
          onView={setView}
          side={side}
          onSide={(next) => {
            setSide(next);
            whole.current?.scrollIntoView({ block: 'start' });
          }}
        />
        <div className={styles['ask']} ref={ask}>
          <TextField
            label="Name"
            required
            maxLength={80}
            value={draft.written.name}
            onChange={(event) => draft.act({ act: 'name', name: event.target.value })}
          />
          {view === 'json' ? (
            <JsonTab text={draft.text} onType={(text) => draft.act({ act: 'text', text })} problems={editor.problems} jump={jump} />
          ) : (
            <>
              <JsonNotice draft={draft} onJson={() => setView('json')} />
              <fieldset className={styles['builder']} disabled={isBroken || draft.unshown !== null}>
                <legend className="sr">Rules of the policy</legend>
                <Builder />
              </fieldset>
            </>
          )}
        </div>
        <div className={styles['get']} role="region" aria-label="What you get" tabIndex={0}>
          <Verdict answers={answers} broken={isBroken ? 'broken' : null} onReveal={onReveal} />
          <PreviewList answers={answers} size={draft.written.policy.size} />
        </div>
        <SaveBar draft={draft} answers={answers} base={base} family={family} />
      </div>
      <p className="sr" role="status">
        {told}
      </p>
      <KnownTags />
      <LeaveGuard isChanged={draft.isChanged} />
    </EditorProvider>
  );
}

interface EditingPlace {
  readonly answers: LiveAnswers;
  readonly within: { readonly current: HTMLElement | null };
}

/** What the parts of the builder work with; keeps the focus with the rule that was edited. */
function useEditing(draft: PolicyDraft, { answers: { check, isCurrent }, within }: EditingPlace): { readonly editor: Editor; readonly told: string } {
  const [told, setTold] = useState('');
  const focus = useRef<string>(null);
  const { act } = draft;
  const { policy } = draft.written;
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
    catalogue: check.data?.catalogue ?? null,
    edit: (next: PolicyV1, key?: string) => act({ act: 'policy', policy: next, key: key ?? null }),
    editTree: (edit: TreeEdit, words = '') => {
      focus.current = pathText(edit.focus);
      setTold(words);
      act({ act: 'policy', policy: edit.policy, key: null });
    },
  };
  return { editor, told };
}
