import type { Model } from '../../../../node-core/contract/index.ts';
import { Choice } from '../../components/index.ts';
import { chooseDraft } from './actions.ts';
import { useModels } from './queries.ts';

/** Which smaller model guesses ahead, where the list has one that could. */
export const DraftSelect = ({ id, draft }: { id: string; draft: NonNullable<Model['draft']> }) => {
  const { models } = useModels();
  const nameOf = (model: string) => models.find((other) => other.id === model)?.name ?? model;
  const { choice, model, candidates } = draft;
  const chosen = choice === 'auto' || choice === 'off' || candidates.includes(choice) ? [] : [choice];
  const found = choice === 'auto' ? ` (${model === null ? 'none is small enough' : nameOf(model)})` : '';
  return (
    <Choice
      label="Model that guesses ahead"
      value={choice}
      choices={[
        { value: 'auto', label: `Automatic${found}` },
        { value: 'off', label: 'None' },
        ...[...candidates, ...chosen].map((value) => ({ value, label: nameOf(value) })),
      ]}
      onChange={(value) => void chooseDraft(id, value)}
    />
  );
};
