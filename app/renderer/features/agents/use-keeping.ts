import { useEffect, useRef, useState } from 'react';
import { navigate } from '../../router.ts';
import { api, type Fault, toFault } from '../../rpc/index.ts';
import { showToast } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { forgetText } from './draft.ts';
import { agentKeys, refresh } from './queries.ts';

/** No longer text is a playbook. */
export const longestText = 200_000;

interface Keeping {
  /** Of the one that is edited; `null`: a new one. */
  readonly id: string | null;
  readonly text: string;
  /** When the kept one was last changed as the text was begun; `null`: there was none. */
  readonly basedOn: number | null;
  readonly goTo: (line: number) => void;
}

/** Keeps what was written as a playbook; where somebody else kept one meanwhile, a person says which of both stays. */
export const useKeeping = ({ id, text, basedOn, goTo }: Keeping) => {
  const key = id ?? '';
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState<{ readonly fault: Fault; readonly with: string } | null>(null);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);

  const save = async (over?: number | null): Promise<void> => {
    if (busy) return;
    setBusy(true);
    let named = id ?? '';
    try {
      // What was checked last may be older than the last letter.
      const now = await api.playbooks.check({ text: text.slice(0, longestText) });
      const [wrong] = now.faults;
      if (wrong || !now.entry) {
        showToast({
          tone: 'error',
          text: 'Not kept yet: something is wrong with it.',
          ...(wrong ? { detail: wrong.message } : {}),
        });
        if (wrong?.line) goTo(wrong.line);
      } else {
        named = now.entry.id;
        // Under another id it is a new one.
        const expected = over === undefined ? (named === id ? basedOn : null) : over;
        const kept = await api.playbooks.save({ text, basedOn: expected });
        forgetText(key);
        await refresh(agentKeys.playbooks);
        showToast({ tone: 'plain', text: `“${kept.name}” is kept, as version ${kept.version}.` });
        // Whoever went on to something else meanwhile stays there.
        if (isHere.current) navigate({ view: 'playbook', id: kept.id });
      }
    } catch (error) {
      const fault = toFault(error);
      if (fault.code === 'CONFLICT') setConflict({ fault, with: named });
      else showFault(error, 'The playbook was not kept.');
    }
    setBusy(false);
  };
  const other = conflict?.with ?? id ?? '';
  const replace = async (): Promise<void> => {
    setConflict(null);
    const now = await api.playbooks.get({ id: other }).catch(() => null);
    await save(now?.entry.origin === 'own' ? now.entry.updatedAt : null);
  };
  const takeTheirs = async (): Promise<void> => {
    setConflict(null);
    forgetText(key);
    await refresh(agentKeys.playbooks);
    if (other !== id) navigate({ view: 'edit-playbook', id: other });
  };
  return { busy, conflict, save, replace, takeTheirs };
};
