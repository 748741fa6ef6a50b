import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ApiKey, KeyLimits } from '../../../../node-core/contract/index.ts';
import { Choice, type NumberFieldOf, NumberFields } from '../../components/index.ts';
import { useModels } from '../models/queries.ts';
import type { KeyDraft } from './actions.ts';
import { type Expiry, expiresAt, expiryChoices, expiryOf } from './expiry.ts';
import { ScopeFields } from './scope-fields.tsx';
import { scopes as allScopes } from './words.ts';
import css from './form.module.css';

interface KeyFormProps {
  /** Default: a new key. */
  readonly entry?: ApiKey;
  readonly submit: string;
  readonly onSubmit: (draft: KeyDraft) => Promise<void>;
  readonly onCancel: () => void;
}

const limitFields: readonly NumberFieldOf<keyof KeyLimits>[] = (
  [
    { name: 'requestsPerMinute', label: 'Requests a minute' },
    { name: 'tokensPerDay', label: 'Tokens a day' },
    { name: 'tokensPerMonth', label: 'Tokens a month' },
    { name: 'tokensInAll', label: 'Tokens in all' },
  ] as const
).map((field) => ({ ...field, min: 1, max: 1_000_000_000, whole: true, placeholder: 'No limit' }));
const noLimits: KeyLimits = { requestsPerMinute: null, tokensPerDay: null, tokensPerMonth: null, tokensInAll: null };

/** Everything about a key but the key itself. */
export const KeyForm = ({ entry, submit, onSubmit, onCancel }: KeyFormProps) => {
  const [now] = useState(Date.now);
  const [name, setName] = useState(entry?.name ?? '');
  const [scopes, setScopes] = useState(entry?.scopes ?? [...allScopes.slice(0, 1)]);
  const [expiry, setExpiry] = useState<Expiry>(expiryOf(entry?.expiresAt ?? null));
  const [limits, setLimits] = useState(entry?.limits ?? noLimits);
  const [models, setModels] = useState<readonly string[] | null>(entry?.models ?? null);
  const [busy, setBusy] = useState(false);
  const known = useModels().models.map(({ id, name: shown }) => ({ id, name: shown }));
  const gone = (models ?? []).filter((id) => !known.some((model) => model.id === id));
  const before = entry?.expiresAt ?? null;
  const isReady = name.trim() !== '' && scopes.length > 0 && models?.length !== 0;

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady) return;
    setBusy(true);
    await onSubmit({ name: name.trim(), scopes, expiresAt: expiresAt(expiry, before, Date.now()), limits, models });
    setBusy(false);
  };

  return (
    <form className={css.form} onSubmit={(event) => void send(event)}>
      <TextInput
        label="Name"
        autoComplete="off"
        placeholder="Who will use it, such as “editor”"
        value={name}
        maxLength={100}
        data-autofocus
        autoFocus={entry === undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ScopeFields value={scopes} onChange={setScopes} />
      <div className={css.field}>
        <span>Expires</span>
        <Choice wide label="Expires" value={expiry} choices={expiryChoices(before, now)} onChange={setExpiry} />
      </div>
      <fieldset className={css.fieldset}>
        <legend className={css.legend}>At most</legend>
        <div className={css.limits}>
          <NumberFields
            fields={limitFields}
            values={limits}
            onChange={(name, value) => setLimits((old) => ({ ...old, [name]: value ?? null }))}
          />
        </div>
      </fieldset>
      <fieldset className={css.fieldset}>
        <legend className={css.legend}>Models</legend>
        <Checkbox
          label="All, also those added later"
          checked={models === null}
          disabled={models === null && known.length === 0}
          onChange={({ currentTarget: { checked } }) =>
            setModels(checked ? null : known.slice(0, 1).map(({ id }) => id))
          }
        />
        {models === null
          ? null
          : [...known, ...gone.map((id) => ({ id, name: `${id} (not here any more)` }))].map((model) => (
              <Checkbox
                key={model.id}
                className={css.inner ?? ''}
                label={model.name}
                checked={models.includes(model.id)}
                onChange={({ currentTarget: { checked } }) =>
                  setModels(checked ? [...models, model.id] : models.filter((id) => id !== model.id))
                }
              />
            ))}
      </fieldset>
      <div className={css.buttons}>
        <Button type="submit" loading={busy} disabled={!isReady}>
          {submit}
        </Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
};
