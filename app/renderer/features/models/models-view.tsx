import { FaultNote, SkeletonRows, View } from '../../components/index.ts';
import { queryClient } from '../../rpc/index.ts';
import { refreshModels } from './actions.ts';
import { AddModel } from './add-model.tsx';
import { LibrarySection } from './library-section.tsx';
import { MachineCard } from './machine-card.tsx';
import { ModelCard } from './model-card.tsx';
import { modelKeys, useInference, useModels } from './queries.ts';
import css from './models-view.module.css';

export const ModelsView = () => {
  const { models, pending, error } = useModels();
  const status = useInference();
  return (
    <View title="Models" testId="view-models" context="What answers, how fast, and where it is computed">
      {status?.host === 'failed' ? (
        <FaultNote
          what="The model process stopped too often and was not started again."
          error={{
            code: 'INFERENCE_CRASHED',
            message: status.error ?? 'Load a model to start it once more; if it stops again, try a smaller one.',
          }}
        />
      ) : null}
      <MachineCard />
      <section aria-labelledby="models-here">
        <h2 id="models-here" className={css.heading}>
          Your models
        </h2>
        {pending ? <SkeletonRows count={3} height={120} /> : null}
        {error ? (
          <FaultNote
            what="The models can't be shown."
            error={error}
            action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: modelKeys.list }) }}
          />
        ) : null}
        {models.map((model) => (
          <ModelCard key={model.id} model={model} />
        ))}
      </section>
      <LibrarySection />
      {pending ? null : <AddModel onAdded={() => void refreshModels()} />}
    </View>
  );
};
