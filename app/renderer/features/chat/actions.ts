import type { Thread, ThreadMessage } from '../../../../node-core/contract/index.ts';
import { errorCode } from '../../../../node-core/contract/errors.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { navigate } from '../../router.ts';
import { showToast } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { draftOf, dropDraft, dropPlan, newThreadKey, planThread, putBack, useDrafts, writeDraft } from './drafts.ts';
import { applyThread, threadKeys } from './queries.ts';

const refetch = (): Promise<void> => queryClient.invalidateQueries({ queryKey: threadKeys.all });

/** Shows the place where a new chat begins, answered by this model. */
export const beginChat = (modelId?: string): void => {
  if (modelId !== undefined) planThread({ modelId });
  navigate({ view: 'chats' });
};

const makeThread = async (): Promise<string> => {
  const { modelId, systemPrompt, params } = useDrafts.getState().next;
  const { id } = await api.threads.create({ modelId, ...(systemPrompt === '' ? {} : { systemPrompt }) });
  if (Object.keys(params).length > 0) await api.threads.update({ id, patch: { params } });
  return id;
};

/**
 * Sends what is written, from a chat or from the place where one begins. The line is free for the next message at once; what was not sent
 * comes back into it, before what was typed meanwhile.
 */
export const sendDraft = async (threadId: string | null): Promise<boolean> => {
  const key = threadId ?? newThreadKey;
  const sent = draftOf(key);
  const { text, files } = sent;
  dropDraft(key);
  let id = threadId;
  let isSent = false;
  try {
    id ??= await makeThread();
    await api.threads.send({
      id,
      text,
      ...(files.length > 0 ? { attachments: [...files] } : {}),
    });
    isSent = true;
  } catch (error) {
    // What was written has left the page with the keys.
    if (errorCode(error) !== 'VAULT_LOCKED') putBack(key, sent);
    showFault(error, 'The message was not sent.');
  }
  // The chat is there, although its first message may not be: it goes on from there.
  if (threadId === null && id !== null) {
    writeDraft(id, draftOf(key));
    dropDraft(key);
    dropPlan();
    navigate({ view: 'chat', id });
  }
  return isSent;
};

/** The same question in other words: a new branch beside the old one. */
export const askAnew = async (question: ThreadMessage, text: string): Promise<boolean> => {
  try {
    const { threadId: id, parentId, attachments } = question;
    await api.threads.send({ id, text, parentId, ...(attachments.length > 0 ? { attachments } : {}) });
    writeOn();
    return true;
  } catch (error) {
    showFault(error, 'The message was not sent.');
    return false;
  }
};

export const stopAnswer = async (messageId: string): Promise<void> => {
  try {
    await api.threads.stop({ messageId });
  } catch (error) {
    showFault(error, 'The answer was not stopped.');
  }
};

export const answerAgain = async (messageId: string, modelId?: string): Promise<void> => {
  try {
    await api.threads.regenerate({ messageId, ...(modelId === undefined ? {} : { modelId }) });
    writeOn();
  } catch (error) {
    showFault(error, 'No other answer was begun.');
  }
};

/** Keys go on in the line that the next message is written in. */
export const writeOn = (): void => void window.dispatchEvent(new Event('jan:write-on'));

type Patch = Parameters<typeof api.threads.update>[0]['patch'];

export const updateThread = async (id: string, patch: Patch): Promise<void> => {
  try {
    const thread = await api.threads.update({ id, patch });
    applyThread(id, thread);
  } catch (error) {
    showFault(error, 'The chat was not changed.');
  }
};

export const restoreThread = async (id: string): Promise<void> => {
  try {
    await api.threads.restore({ id });
    await refetch();
  } catch (error) {
    showFault(error, 'The chat was not brought back.');
  }
};

export const removeThread = async ({ id, title }: Pick<Thread, 'id' | 'title'>, isOpen: boolean): Promise<void> => {
  try {
    await api.threads.remove({ id });
    if (isOpen) navigate({ view: 'chats' });
    await refetch();
    showToast({
      tone: 'plain',
      text: `“${title || 'New chat'}” is in the trash.`,
      action: { label: 'Bring back', run: () => void restoreThread(id).then(() => navigate({ view: 'chat', id })) },
    });
  } catch (error) {
    showFault(error, 'The chat was not deleted.');
  }
};

const save = (name: string, text: string, type: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

export const exportThread = async (id: string, format: 'markdown' | 'json'): Promise<void> => {
  try {
    const { name, text } = await api.threads.export({ id, format });
    save(name, text, format === 'json' ? 'application/json' : 'text/markdown');
  } catch (error) {
    showFault(error, 'The chat was not saved to a file.');
  }
};

export const copyThread = async (id: string): Promise<void> => {
  try {
    const { text } = await api.threads.export({ id, format: 'markdown' });
    await navigator.clipboard.writeText(text);
    showToast({ tone: 'plain', text: 'The chat is copied as Markdown.' });
  } catch (error) {
    showFault(error, 'The chat was not copied.');
  }
};
