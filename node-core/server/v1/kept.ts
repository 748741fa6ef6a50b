import type { Agents } from '../../agents/index.ts';
import type { Store } from '../../storage/index.ts';
import { readPreferences } from '../settings.ts';
import type { StoredCompletions } from './chat.ts';
import { conversationRoutes } from './conversations.ts';
import { readApiFile } from './files.ts';
import type { ReadFile } from './items.ts';
import { responseRoutes, type ResponsesComponents } from './responses.ts';
import { createPlaybookModels } from './responses-playbook.ts';
import type { Route } from './route.ts';
import { createStoredCompletions } from './stored-completions.ts';

export interface KeptComponents extends Omit<ResponsesComponents, 'mcp' | 'readFile' | 'playbooks'> {
  readonly agents: Pick<Agents, 'runs' | 'playbooks'>;
  /** @throws AppError `VAULT_LOCKED` */
  readonly store: () => Store;
  readonly version: string;
}

/** What programs ask the node to keep for them, on the tables of the threads: conversations, responses and chat completions. */
export const createKept = ({
  agents,
  store,
  version,
  ...components
}: KeptComponents): { readonly stored: StoredCompletions; readonly routes: readonly Route[] } => {
  const stored = createStoredCompletions(components.threads);
  const mcp = { allowsRemote: () => readPreferences(store()).allowRemote, version };
  const playbooks = createPlaybookModels({ agents, inference: components.inference });
  const readFile: ReadFile = (id) => readApiFile(store(), id);
  return {
    stored,
    routes: [
      ...responseRoutes({ ...components, mcp, playbooks, readFile }),
      ...conversationRoutes(components.threads, readFile),
      ...stored.routes,
    ],
  };
};
