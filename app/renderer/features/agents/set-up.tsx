import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { Playbook } from '../../../../node-core/contract/index.ts';
import { figureOf } from '../../../../node-core/contract/figures.ts';
import { Choice, Fold } from '../../components/index.ts';
import { formatCount, plural } from '../../days.ts';
import { ModelPicker } from '../models/model-picker.tsx';
import { knownTask } from '../tasks/cache.ts';
import { startPlaybook } from './actions.ts';
import { ToolsReady } from './agents-view.tsx';
import { type Given, type Json, useDraft } from './draft.ts';
import { InputField } from './form-fields.tsx';
import { modelsOf } from './plan-edits.ts';
import { PlanCost, usePricedModels } from './plan-cost.tsx';
import { PlanLimits } from './plan-limits.tsx';
import { PlanSection } from './plan-section.tsx';
import { useProfiles, useTools } from './queries.ts';
import { usePlan } from './use-plan.ts';
import form from './form.module.css';
import css from './start-view.module.css';

type Inputs = Readonly<Record<string, Json | undefined>>;

/** All notes, where some are needed and none are named. */
const unasked = ({ inputs }: Playbook): Inputs =>
  Object.fromEntries(inputs.flatMap(({ id, type, required }) => (type === 'notes' && required ? [[id, 'all']] : [])));

interface Filled {
  readonly inputs: Inputs;
  /** Those whose text is that of a note. */
  readonly kept: readonly string[];
}

/** What is handed over goes where it fits: a task or a note as what it is, else its words into the first line that asks for some. */
export const filledWith = (playbook: Playbook, given: Given | null): Filled => {
  const start = { ...unasked(playbook), ...given?.inputs };
  const into = (id: string | undefined, value: Json, kept: readonly string[] = []): Filled => ({
    inputs: id === undefined || value === '' ? start : { ...start, [id]: value },
    kept,
  });
  const first = (...types: Playbook['inputs'][number]['type'][]): string | undefined =>
    playbook.inputs.find(({ type }) => types.includes(type))?.id;
  if (!given) return into(undefined, '');
  const forTask = first('task');
  if (given.taskId && forTask) return into(forTask, given.taskId);
  if (given.noteId === undefined) return into(first('text', 'long-text'), given.text);
  const forNote = first('note');
  if (forNote) return into(forNote, given.noteId);
  const forNotes = first('notes');
  if (forNotes) return into(forNotes, [given.noteId]);
  const forText = first('long-text');
  return into(forText, given.text, forText === undefined ? [] : [forText]);
};

interface SetUpProps {
  readonly playbook: Playbook;
  readonly initial: Inputs;
  readonly kept?: readonly string[];
  readonly taskId: string | null;
  /** Whether the plan differs from the kept playbook even before it is edited here. */
  readonly isNew: boolean;
  /** What is filled in is there again when a person comes back. */
  readonly isKept?: boolean;
}

/** The form of the inputs beside the plan; both may be changed until it starts. */
export const SetUp = ({ playbook: given, initial, kept = [], taskId, isNew, isKept = false }: SetUpProps) => {
  const plan = usePlan(given);
  const { playbook, isEdited } = plan;
  const [inputs, setInputs] = useState(() => (isKept ? (useDraft.getState().forms[given.id] ?? initial) : initial));
  const keep = (form: Inputs): void => {
    setInputs(form);
    if (isKept) useDraft.setState(({ forms }) => ({ forms: { ...forms, [given.id]: form } }));
  };
  const [modelId, setModelId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { items: tools } = useTools();
  const { items: profiles } = useProfiles();
  const named = profiles.some(({ id }) => id === playbook.profile)
    ? profiles
    : [{ id: playbook.profile, name: playbook.profile }, ...profiles];
  const missing = playbook.inputs.filter(
    ({ id, type, required }) =>
      (required && (inputs[id] === undefined || inputs[id] === '')) ||
      (type === 'number' && typeof inputs[id] === 'string' && figureOf(inputs[id]) === undefined),
  );
  const priced = usePricedModels(plan, modelId);
  const needsCost = priced.length > 0 && playbook.budget.cost === 0;
  const isReady = missing.length === 0 && plan.faults.length === 0 && !needsCost;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || busy) return;
    setBusy(true);
    const said: Record<string, Json> = {};
    for (const { id, type } of playbook.inputs) {
      const value = inputs[id];
      if (value === undefined || value === '') continue;
      said[id] = type === 'number' && typeof value === 'string' ? (figureOf(value) ?? value) : value;
    }
    const started = await startPlaybook({
      playbookId: playbook.id,
      inputs: said,
      ...(isEdited || isNew ? { edited: playbook } : {}),
      ...(taskId ? { taskId } : {}),
      ...(modelId ? { modelId } : {}),
      models: modelsOf(plan.draft),
      ...(kept.length > 0 ? { kept: [...kept] } : {}),
    });
    if (started && isKept)
      useDraft.setState(({ forms }) => ({
        forms: Object.fromEntries(Object.entries(forms).filter(([id]) => id !== given.id)),
      }));
    setBusy(false);
  };
  const task = taskId ? knownTask(taskId) : undefined;
  return (
    <div className={css.columns}>
      <form
        className={form.form}
        data-testid="start-form"
        onSubmit={(event) => void submit(event)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
        }}
      >
        {task ? <p className={css.hint}>For the task “{task.title}”</p> : null}
        {playbook.inputs.map((input) => (
          <InputField
            key={input.id}
            input={input}
            value={inputs[input.id]}
            onChange={(value) => keep({ ...inputs, [input.id]: value })}
          />
        ))}
        <dl className={css.facts}>
          <div>
            <dt>Tools</dt>
            <dd>
              <ToolsReady names={playbook.tools} tools={tools} />
            </dd>
          </div>
          <div>
            <dt>At most</dt>
            <dd>
              {formatCount(playbook.budget.tokens)} tokens, {plural(playbook.budget.calls, 'call')},{' '}
              {plural(Math.ceil(playbook.budget.seconds / 60), 'minute')}
              {playbook.budget.cost > 0 ? `, a cost of ${playbook.budget.cost}` : ', nothing that costs'}
            </dd>
          </div>
          <div>
            <dt>Reaches</dt>
            <dd>
              {playbook.egress.length === 0
                ? 'no other computer'
                : playbook.egress.includes('*')
                  ? 'any computer of the internet'
                  : playbook.egress.join(', ')}
            </dd>
          </div>
          <div>
            <dt>Done by</dt>
            <dd className={css.choice}>
              <Choice
                label="Done by"
                value={playbook.profile}
                choices={named.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(profile) => plan.change({ ...plan.draft, playbook: { ...plan.draft.playbook, profile } })}
              />
            </dd>
          </div>
          <div>
            <dt>Model</dt>
            <dd className={css.model}>
              <ModelPicker label="Model" value={modelId} onPick={setModelId} offersDefault />
            </dd>
          </div>
        </dl>
        {priced.length > 0 ? <PlanCost plan={plan} models={priced} /> : null}
        <Fold label="Change what it may use">
          <PlanLimits draft={plan.draft} onChange={plan.change} />
        </Fold>
        <div className={`${form.buttons} ${css.start}`}>
          <Button
            type="submit"
            loading={busy}
            disabled={!isReady}
            leftSection={<IconPlayerPlay size={16} stroke={1.6} aria-hidden />}
            data-testid="start-playbook"
          >
            Start
          </Button>
          {missing.length > 0 || needsCost ? (
            <span className={css.hint}>
              Still needs:{' '}
              {[...missing.map(({ title }) => title), ...(needsCost ? ['what it may cost'] : [])].join(', ')}
            </span>
          ) : plan.faults.length > 0 ? (
            <span className={css.hint}>The plan has {plural(plan.faults.length, 'fault')}</span>
          ) : null}
        </div>
      </form>
      <PlanSection given={given} plan={plan} />
    </div>
  );
};
