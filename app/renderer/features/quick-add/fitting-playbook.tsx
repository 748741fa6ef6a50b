import { useQuery } from '@tanstack/react-query';
import { IconRoute } from '@tabler/icons-react';
import { api } from '../../rpc/index.ts';
import { openPlaybook } from '../agents/actions.ts';
import { fits } from './fits.ts';
import css from './quick-add.module.css';

const fewest = 8;

/** A playbook whose name the line says, one press away. */
export const FittingPlaybook = ({ text, onDone }: { text: string; onDone: () => void }) => {
  const { data } = useQuery({
    queryKey: ['playbooks-offered'],
    queryFn: ({ signal }) => api.playbooks.list(undefined, { signal }),
    staleTime: 60_000,
    enabled: text.length >= fewest,
  });
  const found = data?.find(({ name }) => fits(name, text));
  if (!found) return null;
  return (
    <button
      type="button"
      className={css.offer}
      data-testid="offered-playbook"
      onClick={() => {
        openPlaybook(found.id, { taskId: null, text: text.trim() });
        onDone();
      }}
    >
      <IconRoute size={16} stroke={1.6} aria-hidden />
      Use the playbook “{found.name}”
    </button>
  );
};
