import { IconDownload, IconPaperclip, IconX, type Icon } from '@tabler/icons-react';
import type { Attachment } from '../../../../node-core/contract/index.ts';
import { IconButton } from '../../components/index.ts';
import { formatSize, plural } from '../../days.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { showToast } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { noteKeys, useAttachments } from './queries.ts';
import css from './note-pane.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

const largestAttachment = 20_000_000;

export const attach = async (noteId: string, files: Iterable<File>): Promise<void> => {
  for (const file of files) {
    if (file.size > largestAttachment) {
      showToast({
        tone: 'error',
        text: `“${file.name}” is too large.`,
        detail: `Attach files of up to ${formatSize(largestAttachment)}.`,
      });
      continue;
    }
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      await api.notes.attach({
        noteId,
        name: file.name,
        mediaType: file.type || 'application/octet-stream',
        data: toBase64(bytes),
      });
    } catch (error) {
      showFault(error, `“${file.name}” was not attached.`);
    }
  }
  await queryClient.invalidateQueries({ queryKey: noteKeys.attachments(noteId) });
};

const download = async (attachment: Attachment): Promise<void> => {
  try {
    const { data } = await api.notes.attachment({ id: attachment.id });
    // Always a download: what is attached is never drawn inside the app.
    const url = URL.createObjectURL(new Blob([fromBase64(data)], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = attachment.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  } catch (error) {
    showFault(error, 'The file was not opened.');
  }
};

export const Attachments = ({ noteId }: { noteId: string }) => {
  const attachments = useAttachments(noteId);
  if (attachments.length === 0) return null;
  return (
    <section className={css.part} aria-label="Attachments">
      <h2 className={css.partTitle}>{plural(attachments.length, 'attachment')}</h2>
      {attachments.map((attachment) => (
        <div key={attachment.id} className={css.item}>
          {glyph(IconPaperclip)}
          <span className={css.itemName}>{attachment.name}</span>
          <span className={css.itemHint}>{formatSize(attachment.size)}</span>
          <IconButton icon={IconDownload} label={`Save ${attachment.name}`} onClick={() => void download(attachment)} />
          <IconButton
            icon={IconX}
            label={`Remove ${attachment.name}`}
            onClick={() => {
              api.notes.removeAttachment({ id: attachment.id }).then(
                () => void queryClient.invalidateQueries({ queryKey: noteKeys.attachments(noteId) }),
                (error: unknown) => showFault(error, 'The file was not removed.'),
              );
            }}
          />
        </div>
      ))}
    </section>
  );
};
