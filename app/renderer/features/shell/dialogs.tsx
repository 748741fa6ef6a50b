import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { Keys, regainFocus } from '../../components/index.ts';
import { useUi } from '../../ui-store.ts';
import { commands, listKeys } from './commands.ts';
import css from './dialogs.module.css';

/** A question before something that is hard to take back. The safe answer has the focus. */
export const ConfirmDialog = () => {
  const confirmation = useUi((state) => state.confirmation);
  const [busy, setBusy] = useState(false);
  const close = (): void => useUi.setState({ confirmation: null });
  return (
    <Modal
      opened={confirmation !== null}
      onClose={close}
      title={confirmation?.title}
      onExitTransitionEnd={regainFocus}
      size="sm"
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={css.text}>{confirmation?.text}</p>
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" data-autofocus onClick={close}>
          Cancel
        </Button>
        <Button
          {...(confirmation?.danger ? { color: 'red' } : {})}
          loading={busy}
          onClick={async () => {
            setBusy(true);
            await confirmation?.run();
            setBusy(false);
            close();
          }}
        >
          {confirmation?.action}
        </Button>
      </Group>
    </Modal>
  );
};

const Line = ({ combo, text }: { combo: string; text: string }) => (
  <div className={css.line}>
    <dt>{text}</dt>
    <dd>
      <Keys combo={combo === ' ' ? 'space' : combo} />
    </dd>
  </div>
);

export const ShortcutsMap = () => {
  const isOpen = useUi((state) => state.shortcuts);
  return (
    <Modal
      opened={isOpen}
      onClose={() => useUi.setState({ shortcuts: false })}
      title="Keyboard shortcuts"
      size={720}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={css.map} data-testid="shortcuts-map">
        <section>
          <h3 className={css.heading}>Anywhere</h3>
          <dl>
            <Line combo="mod+k" text="Command palette" />
            {commands.flatMap((command) =>
              command.shortcut ? [<Line key={command.id} combo={command.shortcut} text={command.title} />] : [],
            )}
          </dl>
          <h3 className={css.heading}>In quick add</h3>
          <dl>
            <Line combo="enter" text="Save the task" />
            <Line combo="mod+enter" text="Hand it to the agent" />
            <Line combo="backspace" text="Chip back into text" />
            <Line combo="escape" text="To the list" />
          </dl>
        </section>
        <section>
          <h3 className={css.heading}>In a list</h3>
          <dl>
            {listKeys.map(([combo, text]) => (
              <Line key={combo} combo={combo} text={text} />
            ))}
          </dl>
          <h3 className={css.heading}>In a chat</h3>
          <dl>
            <Line combo="enter" text="Send" />
            <Line combo="shift+enter" text="New line" />
            <Line combo="escape" text="Stop the answer" />
            <Line combo="e" text="Rename (in the list of chats)" />
            <Line combo="backspace" text="Delete (in the list of chats)" />
          </dl>
          <h3 className={css.heading}>In a run</h3>
          <dl>
            <Line combo="escape" text="Stop it" />
            <Line combo="j" text="Next proposal (k: the one before)" />
            <Line combo=" " text="Take or leave a proposal" />
            <Line combo="a" text="Take all or none" />
            <Line combo="mod+enter" text="Go on with what is taken" />
          </dl>
          <h3 className={css.heading}>Before a playbook starts</h3>
          <dl>
            <Line combo="mod+enter" text="Start" />
            <Line combo="mod+s" text="Save (in the editor)" />
          </dl>
          <h3 className={css.heading}>In the playground</h3>
          <dl>
            <Line combo="mod+enter" text="Run" />
            <Line combo="escape" text="Stop" />
            <Line combo="right" text="Next token (left: the one before)" />
          </dl>
        </section>
      </div>
    </Modal>
  );
};
