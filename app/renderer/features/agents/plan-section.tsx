import { Button, Menu, SegmentedControl } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDeviceFloppy,
  IconPlus,
  IconRestore,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { Playbook, PlaybookParts, PlaybookStep } from '../../../../node-core/contract/index.ts';
import { IconButton, isMac, late, MenuButton } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { api } from '../../rpc/index.ts';
import { LazyGraph } from './lazy-graph.tsx';
import { planOf } from './plan.ts';
import type { Mark } from './plan-graph.tsx';
import { addStep, connect, disconnect, type Edit, stepOf } from './plan-edits.ts';
import { SaveAsOwn } from './save-as-own.tsx';
import type { StepEditorProps } from './step-editor.tsx';
import { kindNames, stepKinds } from './step-kinds.ts';
import { StepList } from './step-list.tsx';
import type { Plan } from './use-plan.ts';
import css from './plan-section.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;
const StepEditor = late<StepEditorProps>(
  () => import('./step-editor.tsx').then((module) => module.StepEditor),
  () => null,
);
const nothing: PlaybookParts = { tools: [], rules: [], changes: [], checks: [] };

/** What steps can name. */
export const useParts = (): PlaybookParts | undefined =>
  useQuery({
    queryKey: ['playbook-parts'],
    queryFn: ({ signal }) => api.playbooks.parts(undefined, { signal }),
    staleTime: 30_000,
  }).data;

interface PlanSectionProps {
  readonly given: Playbook;
  readonly plan: Plan;
}

/** The plan as a graph or a list, and the step that is chosen: all of it can be changed until it starts. */
export const PlanSection = ({ given, plan }: PlanSectionProps) => {
  const { draft, faults, isEdited, change } = plan;
  const [shows, setShows] = useState<'graph' | 'list'>('graph');
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [saving, setSaving] = useState(false);
  const section = useRef<HTMLElement>(null);
  const corner = useRef<HTMLSpanElement>(null);
  const parts = useParts() ?? nothing;
  const steps = useMemo(() => planOf(draft.playbook), [draft.playbook]);
  const marks = useMemo(() => {
    const wrong = new Set(faults.flatMap(({ stepId }) => stepId ?? []));
    return new Map<string, Mark>([
      ...[...wrong].map((id): [string, Mark] => [id, 'wrong']),
      ...draft.left.map((id): [string, Mark] => [id, 'left']),
    ]);
  }, [draft, faults]);
  const originals = useMemo(() => new Set(given.steps.map(({ id }) => id)), [given]);
  const step = stepOf(draft, chosen);
  const behind = step ?? draft.playbook.steps.at(-1);
  const general = faults.filter(({ stepId }) => stepId === null);

  const pick = useCallback((id: string): void => {
    setSaid('');
    setChosen((old) => (id === old ? null : id));
  }, []);
  const act = (next: typeof draft, mark?: string): void => {
    setSaid('');
    change(next, mark);
  };
  const latest = useRef({ draft, act });
  latest.current = { draft, act };
  const onEdit = useCallback((edit: Edit): void => {
    if ('refused' in edit) setSaid(edit.refused);
    else latest.current.act(edit.draft);
  }, []);
  const editing = useMemo(
    () => ({
      onConnect: (from: string, to: string) => onEdit(connect(latest.current.draft, from, to)),
      onDisconnect: (from: string, to: string) => onEdit(disconnect(latest.current.draft, from, to)),
      canConnect: (from: string, to: string) => !('refused' in connect(latest.current.draft, from, to)),
    }),
    [onEdit],
  );
  const add = (kind: PlaybookStep['kind']): void => {
    const added = addStep(draft, kind, behind?.id ?? null, parts);
    act(added.draft);
    setChosen(added.id);
  };
  const closeStep = (): void => {
    const id = chosen;
    setChosen(null);
    requestAnimationFrame(() =>
      section.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id ?? '')}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'z' || !(isMac ? event.metaKey : event.ctrlKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) plan.redo?.();
    else plan.undo?.();
  };
  return (
    <section ref={section} className={css.plan} aria-label="The plan" data-testid="plan-section" onKeyDown={onKeyDown}>
      <div className={css.bar} role="toolbar" aria-label="The plan">
        <SegmentedControl
          size="xs"
          aria-label="Show the plan as"
          value={shows}
          data={[
            { value: 'graph', label: 'Graph' },
            { value: 'list', label: 'List' },
          ]}
          onChange={(value) => setShows(value === 'list' ? 'list' : 'graph')}
        />
        <span ref={corner} className={css.barEnd}>
          <IconButton
            icon={IconArrowBackUp}
            label="Take the last change back"
            shortcut="mod+z"
            disabled={plan.undo === null}
            onClick={() => plan.undo?.()}
          />
          <IconButton
            icon={IconArrowForwardUp}
            label="Do it again"
            shortcut="mod+shift+z"
            disabled={plan.redo === null}
            onClick={() => plan.redo?.()}
          />
          <Menu position="bottom-end" width={220} withinPortal withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <Button variant="default" size="compact-sm" leftSection={glyph(IconPlus)}>
                Step
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{behind ? `After “${behind.title}”` : 'First'}</Menu.Label>
              {kindNames.map((kind) => (
                <Menu.Item key={kind} leftSection={glyph(stepKinds[kind].icon)} onClick={() => add(kind)}>
                  {stepKinds[kind].does}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <MenuButton label="Plan menu" width={240}>
            <Menu.Item leftSection={glyph(IconDeviceFloppy)} onClick={() => setSaving(true)}>
              Save as my playbook…
            </Menu.Item>
            <Menu.Item leftSection={glyph(IconRestore)} disabled={!isEdited} onClick={plan.reset}>
              Take all my changes back
            </Menu.Item>
          </MenuButton>
        </span>
      </div>
      <p className={css.said} role="status" data-refused={said !== '' || undefined} data-testid="plan-said">
        {said ||
          (faults.length > 0
            ? `${plural(faults.length, 'fault')} to put right before it can start`
            : `${plural(plan.playbook.steps.length, 'step')}${isEdited ? ', as you changed them' : ''}. Choose one to see or change what it does.`)}
      </p>
      {general.length > 0 ? (
        <ul className={css.faults} aria-label="What is wrong with the plan">
          {general.map(({ message }, at) => (
            <li key={at}>{message}</li>
          ))}
        </ul>
      ) : null}
      <div className={css.body}>
        {shows === 'graph' ? (
          <LazyGraph plan={steps} chosen={chosen} onPick={pick} marks={marks} editing={editing} />
        ) : (
          <StepList
            draft={draft}
            faults={faults}
            chosen={chosen}
            isAdded={(id) => !originals.has(id)}
            onPick={pick}
            onChange={act}
          />
        )}
        {step ? (
          <StepEditor
            key={step.id}
            draft={draft}
            id={step.id}
            parts={parts}
            faults={faults.filter(({ stepId }) => stepId === step.id)}
            isAdded={!originals.has(step.id)}
            onChange={act}
            onRefused={setSaid}
            onClose={closeStep}
          />
        ) : null}
      </div>
      {saving && corner.current ? (
        <SaveAsOwn
          playbook={plan.playbook}
          anchor={corner.current.querySelector<HTMLElement>('[aria-label="Plan menu"]') ?? corner.current}
          isFaulty={faults.length > 0}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </section>
  );
};
