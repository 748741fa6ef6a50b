import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ThreadMessage } from '../../../../node-core/contract/index.ts';
import { IconButton } from '../../components/index.ts';
import css from './messages.module.css';

interface BranchSwitchProps {
  readonly message: ThreadMessage;
  readonly siblings: readonly ThreadMessage[];
  readonly onShow: (id: string) => void;
}

/** `‹ 2 / 3 ›`: the same place as it went in another branch. */
export const BranchSwitch = ({ message, siblings, onShow }: BranchSwitchProps) => {
  if (siblings.length < 2) return null;
  const at = siblings.findIndex(({ id }) => id === message.id);
  const what = message.role === 'user' ? 'question' : 'answer';
  const to = (index: number): void => {
    const sibling = siblings[index];
    if (sibling) onShow(sibling.id);
  };
  return (
    <span className={css.branches} data-testid="branches" role="group" aria-label={`Versions of this ${what}`}>
      <IconButton icon={IconChevronLeft} label={`Earlier ${what}`} disabled={at === 0} onClick={() => to(at - 1)} />
      <span className="tabular">
        {at + 1} / {siblings.length}
      </span>
      <IconButton
        icon={IconChevronRight}
        label={`Later ${what}`}
        disabled={at === siblings.length - 1}
        onClick={() => to(at + 1)}
      />
    </span>
  );
};
