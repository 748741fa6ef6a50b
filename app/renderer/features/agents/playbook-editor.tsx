import { Button, Menu } from '@mantine/core';
import { IconCircleCheck, IconCopy, IconDownload, IconRestore, IconUpload, type Icon } from '@tabler/icons-react';
import { type ChangeEvent, type DragEvent, useMemo, useRef, useState } from 'react';
import { FaultNote, late, MenuButton, SkeletonRows, View } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { navigate } from '../../router.ts';
import { confirm, showToast } from '../../ui-store.ts';
import { forgetText, useDraft } from './draft.ts';
import { Faults, Templates } from './editor-side.tsx';
import { saveAs } from './files.ts';
import { LazyGraph } from './lazy-graph.tsx';
import { useParts } from './plan-section.tsx';
import { usePlaybook, useProfiles } from './queries.ts';
import { blank } from './templates.ts';
import { longestText, useKeeping } from './use-keeping.ts';
import { useCheck } from './use-plan.ts';
import type { YamlEditorHandle, YamlEditorProps } from './yaml-editor.tsx';
import css from './playbook-editor.module.css';

const Yaml = late<YamlEditorProps>(
  () => import('./yaml-editor.tsx').then((module) => module.YamlEditor),
  () => null,
);
const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

interface EditorProps {
  /** Of the one that is edited; `null`: a new one. */
  readonly id: string | null;
  readonly initial: string;
  /** When the kept one was last changed; `null`: none is kept under this id. */
  readonly keptAt: number | null;
}

const Editor = ({ id, initial, keptAt }: EditorProps) => {
  const key = id ?? '';
  const draft = useDraft((state) => state.texts[key]);
  const text = draft?.text ?? initial;
  const basedOn = draft ? draft.basedOn : keptAt;
  const isChanged = text !== initial;
  const write = (next: string): void => {
    if (next === initial) forgetText(key);
    else useDraft.setState(({ texts }) => ({ texts: { ...texts, [key]: { text: next, basedOn } } }));
  };
  const check = useCheck(text);
  const [isOver, setIsOver] = useState(false);
  const editor = useRef<YamlEditorHandle>(null);
  const file = useRef<HTMLInputElement>(null);
  const parts = useParts();
  const { items: profiles } = useProfiles();
  const vocabulary = useMemo(
    () => (parts ? { parts, profiles: profiles.map((profile) => profile.id) } : undefined),
    [parts, profiles],
  );
  const entry = check.data?.entry ?? null;
  const faults = useMemo(() => check.data?.faults ?? [], [check.data]);
  const lineFaults = useMemo(
    () => faults.flatMap(({ line, message }) => (line === null ? [] : [{ line, message }])),
    [faults],
  );
  // While the text can't be read as a whole its last plan stays in view.
  const [drawn, setDrawn] = useState(entry);
  if (entry && entry !== drawn) setDrawn(entry);
  const isOutdated = id !== null && draft !== undefined && isChanged && draft.basedOn !== keptAt;
  const { busy, conflict, save, replace, takeTheirs } = useKeeping({
    id,
    text,
    basedOn,
    goTo: (line) => editor.current?.goTo(line),
  });
  const canSave = entry !== null && faults.length === 0 && !busy;
  const take = (next: string): void => {
    if (isChanged && text !== next && text.trim() !== '')
      confirm({
        title: 'Replace what you wrote?',
        text: 'The text in the editor gives way to the other one. Undo in the editor brings it back.',
        action: 'Replace',
        run: () => write(next),
      });
    else write(next);
  };
  const bring = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    if (chosen.size > longestText) showToast({ tone: 'error', text: 'The file is too long to be a playbook.' });
    else take(await chosen.text());
  };
  const open = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    await bring(chosen);
  };
  const onDrop = (event: DragEvent): void => {
    setIsOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    void bring(event.dataTransfer.files[0]);
  };
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => showToast({ tone: 'plain', text: 'Copied. Whoever pastes it into a new playbook has it.' }),
      () => showToast({ tone: 'error', text: 'It was not copied.', detail: 'Select the text and copy it by hand.' }),
    );
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
          {isChanged ? ' · not kept yet' : ''}
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
            <Menu.Item leftSection={glyph(IconCopy)} onClick={copy}>
              Copy to share
            </Menu.Item>
            <Menu.Item leftSection={glyph(IconRestore)} disabled={!isChanged} onClick={() => forgetText(key)}>
              Discard my changes
            </Menu.Item>
          </MenuButton>
        </>
      }
    >
      {conflict || isOutdated ? (
        <div className={css.conflict}>
          <FaultNote
            what={conflict ? 'It was not kept.' : 'This playbook was changed elsewhere while you edited it.'}
            error={
              conflict?.fault ?? {
                code: 'CONFLICT',
                message: 'Replace it with yours, or take the other; what you wrote is then gone.',
              }
            }
            action={{ label: 'Replace it with mine', run: () => void replace() }}
          >
            <Button variant="subtle" color="gray" onClick={() => void takeTheirs()}>
              Take the other
            </Button>
          </FaultNote>
        </div>
      ) : null}
      <div
        className={css.columns}
        role="presentation"
        data-over={isOver || undefined}
        onDragOverCapture={(event) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDropCapture={onDrop}
      >
        <div className={css.text}>
          <Yaml
            value={text}
            label="Playbook"
            faults={lineFaults}
            vocabulary={vocabulary}
            onChange={write}
            onSave={() => void save()}
            handle={editor}
          />
        </div>
        <div className={css.side}>
          {id === null && (!isChanged || text.trim() === '') ? (
            <Templates onPick={(template) => write(template.text)} />
          ) : null}
          {check.error ? <FaultNote what="The playbook can't be checked." error={check.error} /> : null}
          {faults.length > 0 ? (
            <Faults faults={faults} goTo={(line) => editor.current?.goTo(line)} />
          ) : entry ? (
            <p className={css.fine}>
              {glyph(IconCircleCheck)}
              Nothing wrong with it
            </p>
          ) : null}
          {entry ? (
            <LazyGraph
              plan={entry.graph}
              chosen={null}
              onPick={(step) => editor.current?.goTo(lineOfStep(text, step))}
            />
          ) : null}
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

/** Where a step begins: the last entry of that id, as inputs come first. */
const lineOfStep = (text: string, id: string): number => {
  const begins = new RegExp(String.raw`^\s*-\s+(?:\{.*?)?\bid:\s*["']?${id}["']?\s*(?:[,}#]|$)`, 'u');
  return text.split('\n').findLastIndex((line) => begins.test(line)) + 1;
};

/** A copy goes by a name of its own, so that the one it was made from stays in reach. */
const duplicateOf = (text: string): string =>
  text
    .replace(/^id: *(\S+).*$/mu, (_, id: string) => `id: ${id.slice(0, 35)}-copy`)
    .replace(/^name: *(.+)$/mu, (_, name: string) => `name: ${name.replace(/^(["'])(.*)\1$/u, '$2')} (copy)`);

/** A playbook as text: checked while it is written, with the plan it means beside it. */
export const PlaybookEditor = ({ id }: { id: string | null }) =>
  id === null ? <Editor id={null} initial={blank} keptAt={null} /> : <Kept id={id} />;

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
  const isOwn = data.entry.origin === 'own';
  return (
    <Editor id={id} initial={isOwn ? data.text : duplicateOf(data.text)} keptAt={isOwn ? data.entry.updatedAt : null} />
  );
};
