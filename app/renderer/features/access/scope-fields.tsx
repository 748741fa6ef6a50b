import { Checkbox } from '@mantine/core';
import type { KeyScope } from '../../../../node-core/contract/index.ts';
import { scopes as all, scopeWords } from './words.ts';
import css from './form.module.css';

interface ScopeFieldsProps {
  readonly value: readonly KeyScope[];
  /** Those there are to choose from. */
  readonly offered?: readonly KeyScope[];
  readonly onChange: (value: KeyScope[]) => void;
}

/** What a key may do. */
export const ScopeFields = ({ value, offered = all, onChange }: ScopeFieldsProps) => (
  <fieldset className={css.fieldset}>
    <legend className={css.legend}>May</legend>
    {offered.map((scope) => (
      <Checkbox
        key={scope}
        label={scopeWords[scope].name}
        description={scopeWords[scope].text}
        checked={value.includes(scope)}
        onChange={({ currentTarget: { checked } }) =>
          onChange(all.filter((one) => (one === scope ? checked : value.includes(one))))
        }
      />
    ))}
  </fieldset>
);
