import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Note, NoteVersion } from '../../../../node-core/contract/index.ts';
import { IconButton } from '../../components/index.ts';
import { formatMoment, formatSize } from '../../days.ts';
import { api } from '../../rpc/index.ts';
import { showFault } from '../tasks/actions.ts';
import { LazyEditor } from './editor/lazy-editor.tsx';
import { useVersions } from './queries.ts';
import css from './note-pane.module.css';

export const Versions = ({
  note,
  onClose,
  onRestore,
}: {
  note: Note;
  onClose: () => void;
  onRestore: (text: string) => void;
}) => {
  const versions = useVersions(note.id, true);
  const [shown, setShown] = useState<{ version: NoteVersion; text: string } | null>(null);
  const open = async (version: NoteVersion): Promise<void> => {
    try {
      const { text } = await api.notes.version({ id: note.id, revision: version.revision });
      setShown({ version, text });
    } catch (error) {
      showFault(error, 'The version was not opened.');
    }
  };
  return (
    <aside
      className={css.versions}
      aria-label="Versions"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className={css.versionsTop}>
        <h2>Versions</h2>
        <IconButton icon={IconX} label="Close versions" onClick={onClose} />
      </header>
      <div className={css.versionList}>
        {versions.map((version) => (
          <button
            key={version.revision}
            type="button"
            className={css.version}
            aria-pressed={shown?.version.revision === version.revision}
            onClick={() => void open(version)}
          >
            <span>{version.revision === note.revision ? 'Now' : formatMoment(version.savedAt)}</span>
            <span className={css.itemHint}>
              {version.runId ? 'agent · ' : ''}
              {formatSize(version.size)}
            </span>
          </button>
        ))}
      </div>
      {shown ? (
        <div className={css.preview}>
          <div className={css.previewText}>
            <LazyEditor value={shown.text} label={`Version ${shown.version.revision}`} readOnly />
          </div>
          {shown.version.revision !== note.revision ? (
            <Button fullWidth variant="default" onClick={() => onRestore(shown.text)}>
              Restore this version
            </Button>
          ) : null}
        </div>
      ) : null}
    </aside>
  );
};
