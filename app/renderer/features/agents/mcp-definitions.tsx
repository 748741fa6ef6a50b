import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { McpDefinitions, McpServer } from '../../../../node-core/contract/index.ts';
import { FaultNote, Fold, SkeletonRows, Steady } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { api } from '../../rpc/index.ts';
import { Diff } from '../runs/diff.tsx';
import { Visible } from '../runs/exact.tsx';
import css from './tools.module.css';

type Definition = McpDefinitions['tools'][number];

const changeNames: Readonly<Record<Definition['change'], { says: string; tone?: 'warning' | 'danger' }>> = {
  changed: { says: 'Changed', tone: 'warning' },
  added: { says: 'New', tone: 'warning' },
  removed: { says: 'Gone' },
  same: { says: 'As you approved it' },
};

const sumOf = (tools: readonly Definition[]): string => {
  const count = (change: Definition['change']) => tools.filter((tool) => tool.change === change).length;
  return [
    [count('changed'), 'changed'],
    [count('added'), 'new'],
    [count('removed'), 'gone'],
    [count('same'), 'as you approved them'],
  ]
    .flatMap(([many, words]) => (many === 0 ? [] : [`${many} ${words}`]))
    .join(', ');
};

const Tool = ({ tool, server, isFirst }: { tool: Definition; server: string; isFirst: boolean }) => {
  const { says, tone } = changeNames[tool.change];
  const label = `Definition of ${server} ${tool.name}`;
  return (
    <li className={css.definition} data-testid="definition" data-change={tool.change}>
      <span className={css.rowName}>
        <code className={css.code}>
          <Visible text={tool.name} />
        </code>
        {isFirst ? null : (
          <span className={css.chip} data-tone={tone}>
            {says}
          </span>
        )}
      </span>
      {isFirst ? (
        <>
          <span className={css.hint}>
            <Visible text={tool.description} />
          </span>
          <Fold label="All of its definition">
            <Diff label={label} before={tool.after} after={tool.after} />
          </Fold>
        </>
      ) : (
        <Diff label={label} before={tool.before} after={tool.after} />
      )}
    </li>
  );
};

/** What a server says of its tools, letter by letter, and what of it is another than was approved; approved is what stands here. */
export const Definitions = ({ server, approve }: { server: McpServer; approve: (hash: string) => void }) => {
  const { data, error, refetch } = useQuery({
    queryKey: ['mcp-definitions', server.id, server.hash, server.approvedHash],
    queryFn: ({ signal }) => api.tools.mcpDefinitions({ id: server.id }, { signal }),
    staleTime: 0,
    gcTime: 60_000,
  });
  const isFirst = server.approvedHash === null;
  // Between the two questions it may have changed again: then the list comes again with its new hash.
  const isCurrent = data !== undefined && data.hash === server.hash;
  if (error)
    return (
      <FaultNote
        what={`The tools of ${server.name} can't be shown.`}
        error={error}
        action={{ label: 'Try again', run: () => void refetch() }}
      />
    );
  if (!data) return <SkeletonRows count={3} height={28} />;
  const listed = data.tools.filter(({ change }) => isFirst || change !== 'same');
  const others = isFirst ? [] : data.tools.filter(({ change }) => change === 'same');
  return (
    <div className={css.definitions}>
      {isFirst ? null : (
        <p className={css.hint} data-testid="definitions-sum">
          {sumOf(data.tools)}.
        </p>
      )}
      <ul aria-label={`Definitions of ${server.name}`}>
        {listed.map((tool) => (
          <Tool key={tool.name} tool={tool} server={server.name} isFirst={isFirst} />
        ))}
      </ul>
      {others.length > 0 ? (
        <Fold label={`Show ${plural(others.length, 'tool')} as you approved ${others.length === 1 ? 'it' : 'them'}`}>
          <ul>
            {others.map((tool) => (
              <Tool key={tool.name} tool={tool} server={server.name} isFirst={false} />
            ))}
          </ul>
        </Fold>
      ) : null}
      <div className={css.serverFoot}>
        <Steady place={data.hash ?? ''} after={700}>
          <Button
            onClick={() => data.hash !== null && approve(data.hash)}
            disabled={!isCurrent || data.hash === null}
            data-testid="approve-server"
          >
            Approve these {plural(server.tools.length, 'tool')}
          </Button>
        </Steady>
        <span className={css.hint}>
          {isFirst
            ? 'Read what it offers. What a server says of itself is not believed: each call of its tools asks you.'
            : 'None of its tools can be called until you approve them as they are now. Read what came in.'}
        </span>
      </div>
    </div>
  );
};
