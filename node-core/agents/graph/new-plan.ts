import type { z } from 'zod';
import { errorCode, type Playbook, type Profile, type StartPlaybook } from '../../contract/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { Store } from '../../storage/index.ts';
import type { EntryOf } from '../journal.ts';
import { ofInput, union, unlabelled } from '../labels.ts';
import type { Playbooks } from '../playbooks/index.ts';
import { isByAgent, labelsOfTask, readInputs } from '../playbooks/inputs.ts';
import { namedModels, pricesOf } from './cost.ts';

type Plan = EntryOf<'plan'>;

/** What a run is to do, fixed before anything is read. */
export interface Planning {
  /** @throws AppError `NOT_FOUND`, `PLAYBOOK_INVALID`, `BAD_REQUEST`, `MODEL_NOT_FOUND`, `BUDGET_SPENT` */
  plan(request: z.infer<typeof StartPlaybook>): { readonly title: string; readonly entry: Plan };
  /** The same plan with what its models cost now. @throws AppError `BUDGET_SPENT` */
  priced(plan: Plan, modelId: string | undefined): Plan;
}

/** Of a model that is gone it is `otherwise`; whoever asks it is told. */
export const ofModel = <T>(look: () => T, otherwise: T): T => {
  try {
    return look();
  } catch (error) {
    if (errorCode(error) === 'MODEL_NOT_FOUND') return otherwise;
    throw error;
  }
};

export const createPlanning = ({
  store,
  inference,
  playbooks,
  profileOf,
  told,
}: {
  readonly store: () => Store;
  readonly inference: Pick<Inference, 'model'>;
  readonly playbooks: Pick<Playbooks, 'find' | 'check'>;
  readonly profileOf: (id: string) => Profile;
  /** The same profile, or one that knows of the person. */
  readonly told: (profile: Profile) => Profile;
}): Planning => {
  const profilesOf = ({ profile, steps }: Playbook): Profile[] =>
    [...new Set([profile, ...steps.flatMap((step) => ('profile' in step && step.profile ? [step.profile] : []))])].map(
      profileOf,
    );

  const doersOfPlan = (playbook: Playbook): Pick<EntryOf<'plan'>, 'profiles' | 'informed'> => {
    const plain = profilesOf(playbook);
    const profiles = plain.map(told);
    const informed = profiles.filter((profile) => !plain.includes(profile)).map(({ id }) => id);
    return { profiles, ...(informed.length > 0 && { informed }) };
  };

  const priced: Planning['priced'] = ({ prices: _then, ...plan }, modelId) => {
    const ids = [modelId, ...namedModels(plan.profiles, plan.models)];
    const models = ids.flatMap((id) => ofModel(() => [inference.model(id)], []));
    return { ...plan, ...pricesOf(plan.playbook, models) };
  };

  return {
    priced,

    plan({ playbookId, inputs: given, edited, models = {}, modelId, taskId, untrusted = [], kept = [] }) {
      if (edited) playbooks.check(edited);
      for (const id of Object.values(models)) inference.model(id);
      const playbook = edited ?? playbooks.find(playbookId);
      const inputs = readInputs(playbook, given, store());
      const task = taskId === undefined ? undefined : store().get('task', taskId);
      const first = playbook.inputs.map(({ id }) => inputs[id]).find((value) => typeof value === 'string');
      const about = typeof first === 'string' ? first.trim().split('\n')[0]?.slice(0, 80) : undefined;
      return {
        title: about ? `${playbook.name}: ${about}` : playbook.name,
        entry: priced(
          {
            type: 'plan',
            playbook,
            inputs,
            inputLabels: Object.fromEntries(
              playbook.inputs.map((input) => {
                const value = inputs[input.id] ?? null;
                return [
                  input.id,
                  union(
                    ofInput(input),
                    { ...unlabelled, ...labelsOfTask(value, task) },
                    {
                      ...unlabelled,
                      untrusted: untrusted.includes(input.id) || isByAgent(input, value, store()),
                      private: kept.includes(input.id),
                      // Nobody looked at it before it became an input.
                      model: kept.includes(input.id),
                    },
                  ),
                ];
              }),
            ),
            ...doersOfPlan(playbook),
            models,
          },
          modelId,
        ),
      };
    },
  };
};
