import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Thread } from '../../../../node-core/contract/index.ts';
import { IconButton, type NumberFieldOf, NumberFields, useFocusInside } from '../../components/index.ts';
import css from './thread-settings.module.css';

type Patch = Partial<Pick<Thread, 'systemPrompt' | 'params'>>;

interface ThreadSettingsProps {
  readonly systemPrompt: string;
  readonly params: Thread['params'];
  readonly onChange: (patch: Patch) => void;
  readonly onClose: () => void;
}

const savedAfter = 400;

const own = 'The model’s own';
const fields: readonly NumberFieldOf<keyof Thread['params']>[] = [
  {
    name: 'temperature',
    label: 'Temperature',
    description: 'Lower is steadier, higher is freer.',
    min: 0,
    max: 2,
    placeholder: own,
  },
  { name: 'topP', label: 'Top P', min: 0.001, max: 1, placeholder: own },
  {
    name: 'maxTokens',
    label: 'Longest answer, in tokens',
    min: 1,
    max: 1_000_000,
    whole: true,
    placeholder: 'As long as it needs',
  },
];

/** How a chat is answered: what the model is told before the first message, and how freely it writes. */
export const ThreadSettings = ({ systemPrompt, params, onChange, onClose }: ThreadSettingsProps) => {
  const [prompt, setPrompt] = useState(systemPrompt);
  const [figures, setFigures] = useState(params);
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; patch: Patch } | null>(null);
  const save = useRef(onChange);
  save.current = onChange;
  const flush = (): void => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    save.current(waiting.current.patch);
    waiting.current = null;
  };
  const later = (patch: Patch): void => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = { timer: setTimeout(flush, savedAfter), patch: { ...waiting.current?.patch, ...patch } };
  };
  const flushAtEnd = useRef(flush);
  flushAtEnd.current = flush;
  useEffect(() => () => flushAtEnd.current(), []);
  const set = (name: keyof Thread['params'], value: number | undefined): void => {
    const { [name]: _, ...rest } = figures;
    const next = value === undefined ? rest : { ...rest, [name]: value };
    setFigures(next);
    later({ params: next });
  };
  const box = useRef<HTMLElement>(null);
  useFocusInside(box);
  return (
    <aside ref={box} className={css.settings} aria-label="Instructions and parameters" data-testid="chat-settings">
      <div className={css.settingsTop}>
        <h2>How it answers</h2>
        <IconButton icon={IconX} label="Close" shortcut="escape" onClick={onClose} />
      </div>
      <label className={css.field}>
        <span>Instructions</span>
        <textarea
          className={css.prompt}
          rows={8}
          value={prompt}
          data-autofocus
          placeholder="You are a patient editor. Answer in short sentences."
          onChange={(event) => {
            setPrompt(event.target.value);
            later({ systemPrompt: event.target.value });
          }}
        />
        <span className={css.hint}>The model reads this before the first message of every answer.</span>
      </label>
      <NumberFields fields={fields} values={figures} onChange={set} />
    </aside>
  );
};
