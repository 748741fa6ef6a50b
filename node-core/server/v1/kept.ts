import type { StoredCompletions } from './chat.ts';
import { conversationRoutes } from './conversations.ts';
import { responseRoutes, type ResponsesComponents } from './responses.ts';
import type { Route } from './route.ts';
import { createStoredCompletions } from './stored-completions.ts';

/** What programs ask the node to keep for them, on the tables of the threads: conversations, responses and chat completions. */
export const createKept = (
  components: ResponsesComponents,
): { readonly stored: StoredCompletions; readonly routes: readonly Route[] } => {
  const stored = createStoredCompletions(components.threads);
  return {
    stored,
    routes: [...responseRoutes(components), ...conversationRoutes(components.threads), ...stored.routes],
  };
};
