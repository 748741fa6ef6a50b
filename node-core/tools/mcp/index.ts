import { z } from 'zod';
import { type Clock, newId, type Startable } from '../../common/index.ts';
import { AppError, type ContractHandlers, type McpServer, McpTransport } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { defineTool, type Tool } from '../types.ts';
import { compared, descriptionOf, inputOf, RemoteTool, titleOf } from './definitions.ts';
import { type Link, type LinkOptions, openLink } from './link.ts';
import { longestCallMs, McpAnswer } from './session.ts';
import { createSignIn, type SignInStore } from './sign-in.ts';

export interface McpComponents {
  readonly store: () => Store;
  readonly clock: Clock;
  readonly timing?: Pick<LinkOptions, 'firstRetryMs' | 'callMs'>;
}

type Handlers = Omit<ContractHandlers['tools'], 'list' | 'set' | 'signIn' | 'signOut'>;

/** Servers of tools that a person added. Started, each is kept connected; what it offers is used as it was approved, and not otherwise. */
export interface Mcp extends Startable {
  /** Of the servers that are approved, and connected or about to be. */
  list(): readonly Tool[];
  /** Also of the others: it says why it can't be called. */
  find(name: string): Tool | undefined;
  readonly handlers: Handlers;
}

/** How long adding one waits for its first answer. */
const FIRST_ANSWER_MS = 5_000;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly transport: McpTransport;
  readonly addedAt: number;
}

export const createMcp = ({ store, clock, timing = {} }: McpComponents): Mcp => {
  const links = new Map<string, { readonly row: Row; readonly link: Link }>();

  const rows = () =>
    store()
      .all(store().qb.selectFrom('mcpServer').selectAll().orderBy('addedAt').orderBy('id'))
      .map((row) => ({ ...row, transport: McpTransport.parse(JSON.parse(row.transport)) }));
  const open = (row: Row, approvedHash: string | null): Link => {
    const wantsToken = row.transport.type === 'http' && row.transport.token === null;
    const link = openLink({
      name: row.name,
      transport: row.transport,
      signIn: wantsToken ? createSignIn(keptAs(store, `${row.id} sign-in`)) : null,
      approvedHash,
      approvedTools: approvedTools(row.id),
      ...timing,
    });
    links.set(row.id, { row, link });
    return link;
  };
  const approvedTools = (id: string): readonly RemoteTool[] => {
    const text = keptAs(store, `${id} tools`).read();
    return text === null ? [] : z.array(RemoteTool).parse(JSON.parse(text));
  };

  const shown = ({ id, name, transport, addedAt }: Row, link: Link): McpServer => ({
    id,
    name,
    transport: transport.type,
    address: addressOf(transport),
    state: link.state(),
    error: link.error(),
    tools: link.tools().map((tool) => ({ name: tool.name, description: descriptionOf(tool), effect: 'send-out' })),
    hash: link.hash(),
    approvedHash: link.approvedHash(),
    addedAt,
  });
  const required = (id: string) => {
    const held = links.get(id);
    if (!held) throw new AppError('NOT_FOUND', 'There is no such MCP server any more. Look at the list again.');
    return held;
  };

  const toolOf = ({ row, link }: { readonly row: Row; readonly link: Link }, remote: RemoteTool): Tool =>
    defineTool({
      name: `mcp.${link.name}.${remote.name}`,
      title: titleOf(remote),
      description: descriptionOf(remote),
      // What it says of its own effects is not believed.
      effect: 'send-out',
      outside: true,
      repeatable: false,
      // Its own limits come first: connecting, and a call.
      // Its session ends it, but for the time that a connection takes.
      seconds: longestCallMs / 1_000 + 60,
      input: inputOf(remote),
      // Another server of that name is another one.
      output: McpAnswer.meta({ title: row.id }),
      labels: { untrusted: true, private: true },
      settings: [],
      missing: () => link.refusal(),
      origins: () => (row.transport.type === 'http' ? [new URL(row.transport.url).origin] : []),
      sources: () => [`MCP server ${link.name}`],
      call: (args, { signal }) => link.call(remote.name, args, signal),
    });

  return {
    async start() {
      for (const row of rows()) if (!links.has(row.id)) open(row, row.approvedHash);
    },
    async stop() {
      const held = [...links.values()];
      links.clear();
      await Promise.all(held.map(({ link }) => link.stop()));
    },
    list: () =>
      [...links.values()]
        .filter(({ link }) => link.refusal() === null)
        .flatMap((held) => held.link.tools().map((remote) => toolOf(held, remote))),
    find(name) {
      const [, server, tool] = /^mcp\.([a-z][a-z0-9-]*)\.(.+)$/u.exec(name) ?? [];
      const held = [...links.values()].find(({ row }) => row.name === server);
      const remote = held?.link.tools().find((of) => of.name === tool);
      return held && remote ? toolOf(held, remote) : undefined;
    },
    handlers: {
      mcpServers: () => [...links.values()].map(({ row, link }) => shown(row, link)),
      async addMcpServer({ name, transport }) {
        if ([...links.values()].some(({ row }) => row.name === name))
          throw new AppError('CONFLICT', `There is an MCP server "${name}" already. Give this one another name.`);
        if (transport.type === 'http') checkAddress(transport.url);
        const row = { id: newId(), name, transport, addedAt: clock.now() };
        store().write((tx) =>
          tx.run(
            store()
              .qb.insertInto('mcpServer')
              .values({ ...row, transport: JSON.stringify(transport), approvedHash: null }),
          ),
        );
        const link = open(row, null);
        const { promise: late, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, FIRST_ANSWER_MS);
        await Promise.race([link.tried, late]);
        clearTimeout(timer);
        return shown(row, link);
      },
      mcpDefinitions({ id }) {
        const { link } = required(id);
        const before = link.approvedHash() === null ? [] : approvedTools(id);
        return { hash: link.hash(), tools: compared(before, link.tools()) };
      },
      approveMcpServer({ id, hash }) {
        const { row, link } = required(id);
        if (link.hash() !== hash)
          throw new AppError(
            'CONFLICT',
            `The tools of "${link.name}" are not the ones you looked at. Look at them again.`,
          );
        keptAs(store, `${id} tools`).write(JSON.stringify(link.tools()));
        store().write((tx) =>
          tx.run(store().qb.updateTable('mcpServer').set({ approvedHash: hash }).where('id', '=', id)),
        );
        link.approve(hash);
        return shown(row, link);
      },
      async removeMcpServer({ id }) {
        const { link } = required(id);
        links.delete(id);
        await link.stop();
        store().write((tx) => {
          tx.run(store().qb.deleteFrom('mcpServer').where('id', '=', id));
          tx.run(
            store()
              .qb.deleteFrom('toolSetting')
              .where('tool', '=', 'mcp')
              .where('setting', 'in', [`${id} sign-in`, `${id} tools`]),
          );
        });
      },
    },
  };
};

/** Beside the settings of tools, in the vault. */
const keptAs = (store: () => Store, name: string): SignInStore => ({
  read: () =>
    store().first(
      store().qb.selectFrom('toolSetting').select('value').where('tool', '=', 'mcp').where('setting', '=', name),
    )?.value ?? null,
  write: (value) =>
    store().write((tx) => {
      tx.run(store().qb.deleteFrom('toolSetting').where('tool', '=', 'mcp').where('setting', '=', name));
      tx.run(store().qb.insertInto('toolSetting').values({ tool: 'mcp', setting: name, value }));
    }),
});

const checkAddress = (address: string): void => {
  const { protocol, username, password } = new URL(address);
  if ((protocol !== 'http:' && protocol !== 'https:') || username !== '' || password !== '')
    throw new AppError(
      'BAD_REQUEST',
      'The address has to begin with http:// or https:// and hold no password; give that as the token.',
    );
};

const secret = /(?:token|key|secret|passw|auth|credential)/iu;

/** Without what may be secret: queries, and values of arguments that say so of themselves. */
const addressOf = (transport: McpTransport): string => {
  if (transport.type === 'http') {
    const { origin, pathname } = new URL(transport.url);
    return `${origin}${pathname}`;
  }
  const args = transport.args.map((arg, index) => {
    if (secret.test(arg) && arg.includes('=')) return arg.replace(/=.*/su, '=…');
    const before = transport.args[index - 1] ?? '';
    return before.startsWith('-') && secret.test(before) && !before.includes('=') ? '…' : arg;
  });
  return [transport.command, ...args].join(' ');
};
