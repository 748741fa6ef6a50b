import { Button } from '@mantine/core';
import { IconPlug, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { McpServer } from '../../../../node-core/contract/index.ts';
import { FaultNote, IconButton, useReturnFocus } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { api } from '../../rpc/index.ts';
import { confirm } from '../../ui-store.ts';
import { OutsideLink } from '../chat/markdown/outside-link.tsx';
import { effectNames, Visible } from '../runs/exact.tsx';
import { showFault } from '../tasks/actions.ts';
import { Definitions } from './mcp-definitions.tsx';
import { McpForm } from './mcp-form.tsx';
import { agentKeys, refresh, useMcpServers } from './queries.ts';
import css from './tools.module.css';

const stateNames: Readonly<Record<McpServer['state'], { says: string; tone?: 'warning' | 'danger' }>> = {
  connecting: { says: 'Connecting…' },
  ready: { says: 'Ready' },
  failed: { says: 'Failed', tone: 'danger' },
  changed: { says: 'Changed since you approved it', tone: 'warning' },
  unapproved: { says: 'Waits for your approval', tone: 'warning' },
};

const approve = async (server: McpServer, hash: string): Promise<void> => {
  try {
    await api.tools.approveMcpServer({ id: server.id, hash });
  } catch (error) {
    showFault(error, `${server.name} was not approved.`);
  }
  await Promise.all([refresh(agentKeys.servers), refresh(agentKeys.tools)]);
};

const remove = (server: McpServer): void =>
  confirm({
    title: `Remove “${server.name}”?`,
    text: 'Its tools are gone from every playbook that names them.',
    action: 'Remove',
    danger: true,
    run: async () => {
      try {
        await api.tools.removeMcpServer({ id: server.id });
      } catch (error) {
        showFault(error, `${server.name} was not removed.`);
      }
      await Promise.all([refresh(agentKeys.servers), refresh(agentKeys.tools)]);
    },
  });

/** What a server wants or what it failed with; an address in it, such as that to sign in at, can be opened. */
const Told = ({ text }: { text: string }) => (
  <p className={css.serverError}>
    {text.split(/(https?:\/\/\S+)/u).map((part, at) =>
      at % 2 === 1 ? (
        <OutsideLink key={at} href={part}>
          <Visible text={part} />
        </OutsideLink>
      ) : (
        <Visible key={at} text={part} />
      ),
    )}
  </p>
);

const Server = ({ server }: { server: McpServer }) => {
  const { says, tone } = stateNames[server.state];
  const asks = server.state === 'changed' || server.state === 'unapproved';
  const [isOpen, setIsOpen] = useState(false);
  const more = useReturnFocus(asks);
  return (
    <li className={css.server} data-testid="mcp-server" data-state={server.state}>
      <div className={css.serverHead}>
        <IconPlug size={16} stroke={1.6} className={css.serverIcon} aria-hidden />
        <span className={css.rowText}>
          <span className={css.rowName}>
            {server.name}
            <span className={css.chip} data-tone={tone}>
              {says}
            </span>
          </span>
          <span className={css.address}>
            <Visible text={server.address} />
          </span>
        </span>
        <IconButton icon={IconTrash} label={`Remove ${server.name}`} onClick={() => remove(server)} />
      </div>
      {server.error ? <Told text={server.error} /> : null}
      {server.tools.length > 0 && isOpen && !asks ? (
        <ul className={css.serverTools} aria-label={`Tools of ${server.name}`}>
          {server.tools.map((tool) => (
            <li key={tool.name}>
              <code className={css.code}>
                <Visible text={tool.name} />
              </code>
              <span className={css.effect} data-effect={tool.effect}>
                {effectNames[tool.effect]}
              </span>
              <span className={css.hint}>
                <Visible text={tool.description} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {asks ? (
        <Definitions server={server} approve={(hash) => void approve(server, hash)} />
      ) : server.tools.length > 0 ? (
        <button ref={more} type="button" className={css.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? 'Hide its tools' : `Show ${plural(server.tools.length, 'tool')}`}
        </button>
      ) : null}
    </li>
  );
};

/** Servers of the Model Context Protocol: other programs' tools, once a person has approved them as they are. */
export const McpSection = () => {
  const { items, error } = useMcpServers();
  const [isAdding, setIsAdding] = useState(false);
  return (
    <section className={css.servers} aria-label="MCP servers">
      <header className={css.serversHead}>
        <div className={css.rowText}>
          <h2>MCP servers</h2>
          <p className={css.hint}>Tools of other programs. None can be called before you approved it as it is.</p>
        </div>
        {isAdding ? null : (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            onClick={() => setIsAdding(true)}
          >
            Add a server
          </Button>
        )}
      </header>
      {isAdding ? <McpForm onDone={() => setIsAdding(false)} /> : null}
      {error ? (
        <FaultNote
          what="The MCP servers can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void refresh(agentKeys.servers) }}
        />
      ) : null}
      <ul className={css.tools}>
        {items.map((server) => (
          <Server key={server.id} server={server} />
        ))}
      </ul>
    </section>
  );
};
