import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertCircle, IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { type FormEvent, useId, useState } from 'react';
import type { ToolInfo } from '../../../../node-core/contract/index.ts';
import { FaultNote, SkeletonRows, View, walkRows } from '../../components/index.ts';
import { api } from '../../rpc/index.ts';
import { effectNames } from '../runs/exact.tsx';
import { showFault } from '../tasks/actions.ts';
import { AgentTabs } from './agent-tabs.tsx';
import { McpSection } from './mcp-section.tsx';
import { agentKeys, refresh, useTools } from './queries.ts';
import { SignInRow } from './sign-in-row.tsx';
import form from './form.module.css';
import css from './tools.module.css';

type ToolSetting = ToolInfo['settings'][number];

const SettingField = ({ tool, setting }: { tool: ToolInfo; setting: ToolSetting }) => {
  const [value, setValue] = useState(setting.value ?? '');
  const [busy, setBusy] = useState(false);
  const isChanged = setting.secret ? value !== '' : value !== (setting.value ?? '');
  const save = async (next: string | null): Promise<void> => {
    setBusy(true);
    try {
      await api.tools.set({ tool: tool.name, setting: setting.id, value: next });
      if (setting.secret || next === null) setValue('');
      await refresh(agentKeys.tools);
    } catch (error) {
      showFault(error, `${setting.title} was not kept.`);
    }
    setBusy(false);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (isChanged) void save(value === '' ? null : value);
  };
  const shared = {
    label: setting.title,
    description: setting.hint,
    value,
    autoComplete: 'off',
    className: css.settingField ?? '',
  };
  return (
    <form className={css.setting} onSubmit={onSubmit}>
      {setting.secret ? (
        <PasswordInput
          {...shared}
          autoComplete="new-password"
          placeholder={setting.isSet ? 'Kept in the vault; write a new one to replace it' : 'Not set'}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...shared} placeholder="Not set" onChange={(event) => setValue(event.currentTarget.value)} />
      )}
      <Button type="submit" variant="default" disabled={!isChanged} loading={busy}>
        Save
      </Button>
      {setting.isSet ? (
        <Button variant="subtle" color="gray" disabled={busy} onClick={() => void save(null)}>
          Remove
        </Button>
      ) : null}
    </form>
  );
};

const ToolRow = ({ tool }: { tool: ToolInfo }) => {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <li className={css.tool} data-testid="tool" data-tool={tool.name} data-ready={tool.ready || undefined}>
      <button
        type="button"
        className={css.row}
        aria-expanded={isOpen}
        aria-controls={id}
        data-row
        onClick={() => setIsOpen(!isOpen)}
      >
        {tool.ready ? (
          <IconCircleCheck size={16} stroke={1.6} className={css.ready} aria-label="Ready" />
        ) : (
          <IconAlertCircle size={16} stroke={1.6} className={css.missing} aria-label="Not set up" />
        )}
        <span className={css.rowText}>
          <span className={css.rowName}>
            {tool.title} <code className={css.code}>{tool.name}</code>
          </span>
          <span className={css.hint}>{tool.ready ? tool.description : (tool.missing ?? tool.description)}</span>
        </span>
        <span className={css.effect} data-effect={tool.effect}>
          {effectNames[tool.effect]}
        </span>
        <IconChevronRight size={16} stroke={1.6} className={css.chevron} data-open={isOpen || undefined} aria-hidden />
      </button>
      <div id={id} hidden={!isOpen} className={css.body}>
        {isOpen ? (
          <div className={form.form}>
            {tool.ready ? null : <p className={css.hint}>{tool.description}</p>}
            {tool.signIn ? <SignInRow tool={tool.name} signIn={tool.signIn} /> : null}
            {tool.settings.map((setting) => (
              <SettingField key={`${setting.id} ${setting.value ?? ''}`} tool={tool} setting={setting} />
            ))}
            {tool.settings.length === 0 ? <p className={css.hint}>There is nothing to set.</p> : null}
          </div>
        ) : null}
      </div>
    </li>
  );
};

/** The tools that playbooks may call: what each may do, whether it could be called now, and what it needs. */
export const ToolsView = () => {
  const { items, pending, error } = useTools();
  return (
    <View
      title="Tools"
      testId="view-tools"
      context="What playbooks may call. What sends out or costs asks you, each time"
    >
      <AgentTabs />
      {pending ? <SkeletonRows count={8} height={52} /> : null}
      {error ? (
        <FaultNote
          what="The tools can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void refresh(agentKeys.tools) }}
        />
      ) : null}
      <div role="presentation" onKeyDown={walkRows}>
        <ul className={css.tools}>
          {items
            .filter(({ name }) => !name.startsWith('mcp.'))
            .map((tool) => (
              <ToolRow key={tool.name} tool={tool} />
            ))}
        </ul>
      </div>
      <McpSection />
    </View>
  );
};
