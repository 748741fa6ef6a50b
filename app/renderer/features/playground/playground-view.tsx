import { Button, Menu } from '@mantine/core';
import { IconHistory, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { isMac, Keys, View } from '../../components/index.ts';
import { formatTime } from '../../days.ts';
import { useModelHere, useUi } from '../../ui-store.ts';
import { useChatModel } from '../models/model-picker.tsx';
import { useNextPlace } from '../models/next-place.ts';
import { PlaygroundForm } from './form.tsx';
import { Output } from './output.tsx';
import { startRun, stopRun, usePlayground } from './store.ts';
import css from './playground.module.css';

const hasOverlay = (): boolean => {
  const { palette, shortcuts, confirmation, picker, quickAdd } = useUi.getState();
  return palette !== 'closed' || shortcuts || confirmation !== null || picker !== null || quickAdd;
};

/** Requests to the API by hand: what goes out, what comes back, how sure and how fast. */
export const PlaygroundView = () => {
  const modelId = usePlayground((state) => state.form.modelId);
  const runs = usePlayground((state) => state.runs);
  const shownId = usePlayground((state) => state.shownId);
  const model = useChatModel(modelId);
  const place = useNextPlace(model);
  useModelHere(model?.id);
  const shown = runs.find(({ id }) => id === shownId);
  const isRunning = runs[0]?.endedAt === null;
  const run = (): void => {
    if (model) void startRun(model);
  };
  const onKey = useRef<((event: KeyboardEvent) => void) | null>(null);
  onKey.current = (event) => {
    if (event.defaultPrevented || hasOverlay()) return;
    if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) {
      event.preventDefault();
      run();
    } else if (event.key === 'Escape' && isRunning) stopRun();
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey.current?.(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <View
      title="Playground"
      testId="view-playground"
      context={place?.says ?? 'Add a model first: there is none that can answer.'}
      wide
      ownScroll
      actions={
        <>
          {runs.length > 0 ? (
            <Menu position="bottom-end" width={300} withinPortal>
              <Menu.Target>
                <Button variant="default" leftSection={<IconHistory size={16} stroke={1.6} aria-hidden />}>
                  Last runs
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {runs.map((one) => (
                  <Menu.Item
                    key={one.id}
                    onClick={() => usePlayground.setState({ form: one.form, shownId: one.id, fault: null })}
                  >
                    <span className={css.pastRun}>
                      <span className="truncate">{one.form.messages.at(-1)?.text || one.modelName}</span>
                      <span className={css.pastTime}>{formatTime(one.startedAt)}</span>
                    </span>
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          ) : null}
          {isRunning ? (
            <Button
              variant="default"
              leftSection={<IconPlayerStopFilled size={16} aria-hidden />}
              rightSection={<Keys combo="escape" />}
              data-testid="play-stop"
              onClick={stopRun}
            >
              Stop
            </Button>
          ) : (
            <Button
              leftSection={<IconPlayerPlayFilled size={16} aria-hidden />}
              disabled={!model}
              data-testid="play-run"
              onClick={run}
            >
              Run
            </Button>
          )}
        </>
      }
    >
      <div className={css.columns}>
        <PlaygroundForm />
        <Output run={shown} />
      </div>
    </View>
  );
};
