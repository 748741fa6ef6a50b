import { useQuery } from '@tanstack/react-query';
import type {
  McpServer,
  PlaybookEntry,
  ProfileEntry,
  ProfileFact,
  Schedule,
  ToolInfo,
} from '../../../../node-core/contract/index.ts';
import { api, queryClient } from '../../rpc/index.ts';

export const agentKeys = {
  playbooks: ['playbooks'] as const,
  playbook: (id: string) => ['playbooks', id] as const,
  tools: ['tools'] as const,
  servers: ['mcp-servers'] as const,
  profiles: ['profiles'] as const,
  schedules: ['schedules'] as const,
  facts: ['facts'] as const,
};

interface Listed<Item> {
  readonly items: readonly Item[];
  readonly pending: boolean;
  readonly error: unknown;
}
type Fetch<Item> = (options: { signal: AbortSignal }) => Promise<Item[]>;

const none: readonly never[] = [];

/** Nothing announces these; what may change by itself is asked for again while it is looked at. */
const useList = <Item>(queryKey: readonly unknown[], fetch: Fetch<Item>, every?: number): Listed<Item> => {
  const result = useQuery({
    queryKey,
    queryFn: ({ signal }) => fetch({ signal }),
    staleTime: 0,
    ...(every ? { refetchInterval: every } : {}),
  });
  return { items: result.data ?? none, pending: result.isPending, error: result.error };
};

export const usePlaybooks = (): Listed<PlaybookEntry> =>
  useList(agentKeys.playbooks, (options) => api.playbooks.list(undefined, options));
export const usePlaybook = (id: string) =>
  useQuery({
    queryKey: agentKeys.playbook(id),
    queryFn: ({ signal }) => api.playbooks.get({ id }, { signal }),
    staleTime: 0,
  });
export const useTools = (): Listed<ToolInfo> =>
  useList(agentKeys.tools, (options) => api.tools.list(undefined, options));
export const useMcpServers = (): Listed<McpServer> =>
  useList(agentKeys.servers, (options) => api.tools.mcpServers(undefined, options), 2_000);
export const useProfiles = (): Listed<ProfileEntry> =>
  useList(agentKeys.profiles, (options) => api.profiles.list(undefined, options));
export const useSchedules = (): Listed<Schedule> =>
  useList(agentKeys.schedules, (options) => api.schedules.list(undefined, options), 10_000);
export const useFacts = (): Listed<ProfileFact> =>
  useList(agentKeys.facts, (options) => api.facts.list(undefined, options));

export const refresh = (queryKey: readonly unknown[]): Promise<void> => queryClient.invalidateQueries({ queryKey });
