import { Button, Menu } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconDownload, IconUpload, type Icon } from '@tabler/icons-react';
import { type ChangeEvent, useMemo, useRef, useState } from 'react';
import type { PlaybookFault } from '../../../../node-core/contract/index.ts';
import { FaultNote, late, MenuButton, SkeletonRows, View } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { navigate } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { showToast } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { forgetText, useDraft } from './draft.ts';
import { saveAs } from './files.ts';
import { LazyGraph } from './lazy-graph.tsx';
import { agentKeys, refresh, usePlaybook } from './queries.ts';
import { useCheck } from './use-plan.ts';
import type { YamlEditorHandle, YamlEditorProps } from './yaml-editor.tsx';
import css from './playbook-editor.module.css';

const Yaml = late<YamlEditorProps>(
  () => import('./yaml-editor.tsx').then((module) => module.YamlEditor),
  () => null,
);
const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;
const most = 200_000;

const blank = `playbook: 1
id: my-playbook
version: 1
name: My playbook
description: What comes out of it, in a sentence.
inputs:
  - id: topic
    title: Topic
    type: text
budget: { tokens: 20000, seconds: 1800, calls: 40, cost: 0 }
steps:
  - id: text
    kind: ask
    title: Write the text
    prompt: |
      Write three sentences about {{ inputs.topic }}.
    maxTokens: 500
result:
  - { title: Text, value: steps.text }
`;

const none: readonly PlaybookFault[] = [];

const Faults = ({ faults, goTo }: { faults: readonly PlaybookFault[]; goTo: (line: number) => void }) => (
  <ul className={css.faults} aria-label="What is wrong" data-testid="playbook-faults">
    {faults.map((fault, at) => (
      <li key={at}>
        <button
          type="button"
          className={css.fault}
          disabled={fault.line === null}
          onClick={() => goTo(fault.line ?? 1)}
        >
          {glyph(IconAlertCircle)}
          <span>
            {fault.message}
            <span className={css.where}>
              {fault.line === null ? '' : `Line ${fault.line}`}
              {fault.path.length > 0 ? ` ${fault.path.join('.')}` : ''}
            </span>
          </span>
        </button>
      </li>
    ))}
  </ul>
);

const Editor = ({ id, initial }: { id: string | null; initial: string }) => {
  const key = id ?? '';
  const text = useDraft((state) => state.texts[key]) ?? initial;
  const write = (next: string): void => useDraft.setState(({ texts }) => ({ texts: { ...texts, [key]: next } }));
  const check = useCheck(text);
  const [busy, setBusy] = useState(false);
  const editor = useRef<YamlEditorHandle>(null);
  const file = useRef<HTMLInputElement>(null);
  const entry = check.data?.entry ?? null;
  const faults = check.data?.faults ?? none;
  const faultLines = useMemo(() => faults.flatMap(({ line }) => line ?? []), [faults]);
  const canSave = entry !== null && faults.length === 0 && !busy;

  const save = async (): Promise<void> => {
    if (!canSave) return;
    setBusy(true);
    try {
      const kept = await api.playbooks.save({ text });
      forgetText(key);
      await refresh(agentKeys.playbooks);
      showToast({ tone: 'plain', text: `“${kept.name}” is kept.` });
      navigate({ view: 'playbook', id: kept.id });
    } catch (error) {
      showFault(error, 'The playbook was not kept.');
    }
    setBusy(false);
  };
  const open = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (!chosen) return;
    if (chosen.size > most) showToast({ tone: 'error', text: 'The file is too long to be a playbook.' });
    else write(await chosen.text());
  };

  return (
    <View
      wide
      ownScroll
      title={id ? (entry?.name ?? id) : 'New playbook'}
      context={
        <span role="status">
          {check.isError
            ? 'It could not be checked.'
            : faults.length > 0
              ? plural(faults.length, 'fault')
              : entry
                ? `Nothing wrong: ${plural(entry.graph.length, 'step')}, ${plural(entry.inputs.length, 'input')}`
                : 'Checking…'}
        </span>
      }
      testId="view-edit-playbook"
      actions={
        <>
          <Button loading={busy} disabled={!canSave} onClick={() => void save()} data-testid="save-playbook">
            Save
          </Button>
          <MenuButton label="More">
            <Menu.Item leftSection={glyph(IconUpload)} onClick={() => file.current?.click()}>
              Import a file…
            </Menu.Item>
            <Menu.Item
              leftSection={glyph(IconDownload)}
              onClick={() => saveAs(`${entry?.id ?? 'draft'}.playbook.yaml`, text)}
            >
              Export
            </Menu.Item>
          </MenuButton>
        </>
      }
    >
      <div className={css.columns}>
        <div className={css.text}>
          <Yaml
            value={text}
            label="Playbook"
            faultLines={faultLines}
            onChange={write}
            onSave={() => void save()}
            handle={editor}
          />
        </div>
        <div className={css.side}>
          {check.error ? <FaultNote what="The playbook can't be checked." error={check.error} /> : null}
          {faults.length > 0 ? (
            <Faults faults={faults} goTo={(line) => editor.current?.goTo(line)} />
          ) : entry ? (
            <p className={css.fine}>
              {glyph(IconCircleCheck)}
              Nothing wrong with it
            </p>
          ) : null}
          {entry ? <LazyGraph plan={entry.graph} chosen={null} onPick={() => undefined} /> : null}
        </div>
      </div>
      <input
        ref={file}
        type="file"
        accept=".yaml,.yml"
        hidden
        aria-label="Import a playbook"
        onChange={(event) => void open(event)}
      />
    </View>
  );
};

/** A copy goes by a name of its own, so that the one it was made from stays in reach. */
const duplicateOf = (text: string): string =>
  text
    .replace(/^id: *(\S+).*$/mu, (_, id: string) => `id: ${id.slice(0, 35)}-copy`)
    .replace(/^name: *(.+)$/mu, (_, name: string) => `name: ${name.replace(/^(["'])(.*)\1$/u, '$2')} (copy)`);

/** A playbook as text: checked while it is written, with the plan it means beside it. */
export const PlaybookEditor = ({ id }: { id: string | null }) =>
  id === null ? <Editor id={null} initial={blank} /> : <Kept id={id} />;

const Kept = ({ id }: { id: string }) => {
  const { data, error } = usePlaybook(id);
  if (!data) {
    return (
      <View title="Playbook" testId="view-edit-playbook">
        {error ? (
          <FaultNote
            what="This playbook can't be shown."
            error={error}
            action={{ label: 'See all playbooks', run: () => navigate({ view: 'agents' }) }}
          />
        ) : (
          <SkeletonRows count={6} height={28} />
        )}
      </View>
    );
  }
  return <Editor id={id} initial={data.entry.origin === 'own' ? data.text : duplicateOf(data.text)} />;
};
