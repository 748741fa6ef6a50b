import { Button } from '@mantine/core';
import { IconPlayerPlay, IconSparkles } from '@tabler/icons-react';
import type { QuickAddResult } from '../../../../node-core/contract/index.ts';
import { isMac } from '../../components/index.ts';
import css from './quick-add.module.css';

interface ButtonsProps {
  readonly isEmpty: boolean;
  /** That the line begins with. */
  readonly playbook: QuickAddResult['playbook'] | undefined;
  readonly busy: boolean;
  readonly onHandOver: () => void;
  readonly onAdd: () => void;
}

/** What can be done with the line: Ctrl-Enter and Enter. */
export const Buttons = ({ isEmpty, playbook, busy, onHandOver, onAdd }: ButtonsProps) => {
  const Glyph = playbook ? IconPlayerPlay : IconSparkles;
  return (
    <span className={css.buttons}>
      <Button
        variant="subtle"
        color="gray"
        className={css.agent}
        leftSection={<Glyph size={16} stroke={1.6} aria-hidden />}
        rightSection={<span className={css.combo}>{isMac ? '⌘↩' : 'Ctrl ↩'}</span>}
        disabled={isEmpty || (playbook?.missing.length ?? 0) > 0}
        loading={busy}
        onClick={onHandOver}
      >
        {playbook ? 'Start at once' : 'Hand to agent'}
      </Button>
      <Button disabled={isEmpty} onClick={onAdd}>
        {playbook ? 'Look first' : 'Add'}
      </Button>
    </span>
  );
};
