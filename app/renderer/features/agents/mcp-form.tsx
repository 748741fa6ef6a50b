import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../rpc/index.ts';
import { showFault } from '../tasks/actions.ts';
import { Area } from './form-fields.tsx';
import { agentKeys, refresh } from './queries.ts';
import form from './form.module.css';
import css from './tools.module.css';

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/** `NAME=value`, one a line. */
const environment = (text: string): Record<string, string> =>
  Object.fromEntries(
    linesOf(text).map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1)];
    }),
  );

/** A server to add: a program that is started here, or an address. */
export const McpForm = ({ onDone }: { onDone: () => void }) => {
  const [type, setType] = useState<'stdio' | 'http'>('stdio');
  const [name, setName] = useState('');
  const [command, setCommand] = useState('');
  const [args, setArgs] = useState('');
  const [env, setEnv] = useState('');
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const isNamed = /^[a-z][a-z0-9-]{0,29}$/u.test(name);
  const isReady = isNamed && (type === 'stdio' ? command.trim() !== '' : URL.canParse(url));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || busy) return;
    setBusy(true);
    try {
      await api.tools.addMcpServer({
        name,
        transport:
          type === 'stdio'
            ? { type, command: command.trim(), args: linesOf(args), env: environment(env) }
            : { type, url, token: token === '' ? null : token },
      });
      await Promise.all([refresh(agentKeys.servers), refresh(agentKeys.tools)]);
      onDone();
    } catch (error) {
      showFault(error, 'The server was not added.');
    }
    setBusy(false);
  };
  return (
    <form className={`${css.add} ${form.form}`} aria-label="Add an MCP server" onSubmit={(event) => void submit(event)}>
      <SegmentedControl
        size="xs"
        aria-label="Kind of server"
        value={type}
        data={[
          { value: 'stdio', label: 'A program here' },
          { value: 'http', label: 'An address' },
        ]}
        onChange={(next) => setType(next === 'http' ? 'http' : 'stdio')}
      />
      <TextInput
        label="Name"
        description="Playbooks call its tools mcp.<name>.<tool>"
        value={name}
        autoComplete="off"
        autoFocus
        error={name !== '' && !isNamed ? 'Lower-case letters, digits and hyphens' : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {type === 'stdio' ? (
        <>
          <TextInput
            label="Program"
            value={command}
            autoComplete="off"
            placeholder="npx"
            onChange={(event) => setCommand(event.currentTarget.value)}
          />
          <Area label="Arguments" hint="One a line" code value={args} onChange={setArgs} />
          <Area
            label="Environment"
            hint="NAME=value, one a line. Kept in the vault."
            code
            value={env}
            onChange={setEnv}
          />
        </>
      ) : (
        <>
          <TextInput
            label="Address"
            value={url}
            autoComplete="off"
            placeholder="https://example.org/mcp"
            error={url !== '' && !URL.canParse(url) ? 'An address with https:// or http://' : null}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <PasswordInput
            label="Token"
            description="Kept in the vault; may stay empty"
            value={token}
            autoComplete="new-password"
            onChange={(event) => setToken(event.currentTarget.value)}
          />
        </>
      )}
      <div className={form.buttons}>
        <Button type="submit" loading={busy} disabled={!isReady}>
          Add
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
};
