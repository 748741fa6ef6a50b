import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock, Logger, Startable } from '../common/index.ts';
import { AppError, type ContractHandlers, type ToolInfo } from '../contract/index.ts';
import type { Inference } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import { builtInTools } from './all.ts';
import { createBrowserTools } from './browser/index.ts';
import { createEgress } from './egress.ts';
import { createMcp } from './mcp/index.ts';
import { createEmbedders } from './search/meaning.ts';
import { type Account, accountOf, grantOf, grantSetting, wantsSignIn } from './sign-in/account.ts';
import { createSignIns, type SignInStore } from './sign-in/sign-in.ts';
import type { Tool, Toolbox } from './types.ts';

export { egressAllows } from './egress.ts';
export { OutcomeUnknown } from './outcome.ts';
export { defineTool, type GuardedFetch, type Tool, type Toolbox, type ToolContext, type ToolSetting } from './types.ts';

export interface ToolsComponents {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For vectors of what is searched; without it words alone are compared. */
  readonly inference?: Pick<Inference, 'embed' | 'models'>;
}

/** Settings are of all tools with the same first name: an account is given once. */
const familyOf = ({ name }: Tool): string => name.split('.', 1).join('');

/** The tools of a node. `start` connects to MCP servers; `stop` ends what tools have begun. */
export interface Tools extends Startable {
  readonly box: Toolbox;
  readonly handlers: ContractHandlers['tools'];
}

export const createTools = ({ store, clock, inference }: ToolsComponents): Tools => {
  const embedders = inference && createEmbedders(inference);
  const setting = (tool: Tool) => (id: string) =>
    store().first(
      store().qb.selectFrom('toolSetting').select('value').where('tool', '=', familyOf(tool)).where('setting', '=', id),
    )?.value ?? null;

  const write = (tool: Tool, id: string, value: string | null): void =>
    store().write((tx) => {
      tx.run(store().qb.deleteFrom('toolSetting').where('tool', '=', familyOf(tool)).where('setting', '=', id));
      if (value !== null)
        tx.run(
          store()
            .qb.insertInto('toolSetting')
            .values({ tool: familyOf(tool), setting: id, value }),
        );
    });

  const signIns = createSignIns({ clock });
  const kept = (tool: Tool): SignInStore => ({
    setting: setting(tool),
    write: (id, value) => write(tool, id, value),
  });
  /** The account to sign in to; a text says what is missing for it. */
  const accountFor = (tool: Tool): Account | string =>
    tool.signIn ? accountOf(setting(tool), tool.signIn) : `${tool.title} needs no sign-in.`;
  const account = (tool: Tool): Account => {
    const found = accountFor(tool);
    if (typeof found === 'string') throw new AppError('TOOL_NOT_READY', found);
    return found;
  };
  const signInOf = (tool: Tool): ToolInfo['signIn'] => {
    if (!tool.signIn) return null;
    const under = signIns.stateOf(familyOf(tool));
    if (!wantsSignIn(setting(tool))) return { state: 'unused', address: null, error: null };
    const found = accountFor(tool);
    const isIn = typeof found !== 'string' && grantOf(setting(tool), found) !== null;
    return { ...under, state: under.address === null ? (isIn ? 'signed-in' : 'signed-out') : 'waiting' };
  };

  const mcp = createMcp({ store, clock });
  const browser = createBrowserTools();
  const own = [...builtInTools, ...browser.tools];
  const list = (): readonly Tool[] => [...own, ...mcp.list()];
  const find = (name: string) => own.find((tool) => tool.name === name) ?? mcp.find(name);
  const origins = (tool: Tool) => tool.origins?.(setting(tool)) ?? [];
  const missing = (tool: Tool) => tool.missing(setting(tool));

  const info = (tool: Tool): ToolInfo => {
    const why = missing(tool);
    const valueOf = setting(tool);
    return {
      name: tool.name,
      title: tool.title,
      description: tool.description,
      effect: tool.effect,
      ready: why === null,
      missing: why,
      settings: tool.settings.map((spec) => {
        const value = valueOf(spec.id);
        return { ...spec, value: spec.secret ? null : value, isSet: value !== null };
      }),
      signIn: signInOf(tool),
    };
  };

  const required = (name: string): Tool => {
    const tool = find(name);
    if (!tool) throw new AppError('NOT_FOUND', `There is no tool "${name}". Look at the list under Agents, Tools.`);
    return tool;
  };

  return {
    start: () => mcp.start(),
    async stop() {
      signIns.stop();
      embedders?.forget();
      await Promise.all([mcp.stop(), browser.stop()]);
    },
    box: {
      list,
      find,
      missing,
      origins,
      definitionHash(tool) {
        const { name, description, effect, outside, input, output } = tool;
        const valueOf = setting(tool);
        const open = tool.settings.filter(({ secret }) => !secret).map(({ id }) => [id, valueOf(id)]);
        return createHash('sha256')
          .update(
            JSON.stringify([name, description, effect, outside, z.toJSONSchema(input), z.toJSONSchema(output), open]),
          )
          .digest('hex');
      },
      context: (tool, { egress, signal }) => ({
        signal,
        setting: setting(tool),
        ...(tool.signIn && {
          accessToken: async () => signIns.token(familyOf(tool), account(tool), kept(tool), signal),
        }),
        ...(embedders && { embedder: embedders.find }),
        store,
        clock,
        ...createEgress({ egress, signal }, origins(tool)),
      }),
    },
    handlers: {
      list: () => list().map(info),
      set({ tool: name, setting: id, value }) {
        const tool = required(name);
        if (!tool.settings.some((spec) => spec.id === id))
          throw new AppError('NOT_FOUND', `${tool.title} has no setting "${id}".`);
        write(tool, id, value);
        return info(tool);
      },
      async signIn({ tool: name }) {
        const tool = required(name);
        await signIns.begin(familyOf(tool), account(tool), kept(tool));
        return info(tool);
      },
      signOut({ tool: name }) {
        const tool = required(name);
        signIns.forget(familyOf(tool));
        write(tool, grantSetting, null);
        return info(tool);
      },
      ...mcp.handlers,
    },
  };
};
