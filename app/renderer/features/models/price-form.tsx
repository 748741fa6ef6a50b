import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Model } from '../../../../node-core/contract/index.ts';
import { NumberFields } from '../../components/index.ts';
import { setPrice } from './actions.ts';
import css from './models-view.module.css';

type Draft = Partial<NonNullable<Model['price']>>;

const text = ({ input, output }: NonNullable<Model['price']>): string => `${input} read, ${output} written`;

/** What a million tokens of an endpoint's model cost: runs count it, and stop before their budget is over. */
export const PriceForm = ({ id, price }: Pick<Model, 'id' | 'price'>) => {
  const [draft, setDraft] = useState<Draft | null>(null);
  if (!draft)
    return (
      <>
        {price ? `${text(price)}, per million tokens` : 'Not known: it counts as nothing'}
        <Button variant="subtle" size="compact-xs" onClick={() => setDraft(price ?? {})}>
          Change
        </Button>
      </>
    );
  const { input = 0, output = 0 } = draft;
  return (
    <form
      className={css.price}
      onSubmit={(event) => {
        event.preventDefault();
        void setPrice(id, input + output === 0 ? null : { input, output }).then(() => setDraft(null));
      }}
    >
      <NumberFields
        fields={[
          { name: 'input', label: 'A million tokens read', min: 0, max: 1_000_000, placeholder: '0' },
          { name: 'output', label: 'A million tokens written', min: 0, max: 1_000_000, placeholder: '0' },
        ]}
        values={draft}
        onChange={(name, value) => {
          const { [name]: _before, ...others } = draft;
          setDraft(value === undefined ? others : { ...others, [name]: value });
        }}
      />
      <Button type="submit">Keep</Button>
      <Button variant="default" onClick={() => setDraft(null)}>
        Cancel
      </Button>
    </form>
  );
};
