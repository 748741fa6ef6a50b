import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FaultNote } from '../../components/index.ts';
import { api } from '../../rpc/index.ts';
import css from './add-model.module.css';

/** A GGUF where it lies, or a server that speaks the OpenAI API. */
export const AddModel = ({ onAdded }: { onAdded: () => void }) => {
  const [kind, setKind] = useState<'file' | 'endpoint'>('file');
  const [path, setPath] = useState('');
  const [name, setName] = useState('');
  const [url, setUrl] = useState('http://127.0.0.1:8080/v1');
  const [model, setModel] = useState('');
  const [apiKey, setApiKey] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      if (kind === 'file') {
        await api.models.addFile({ path: path.trim() });
        setPath('');
      } else {
        await api.models.addEndpoint({
          name: name.trim() || model.trim(),
          url: url.trim(),
          model: model.trim(),
          ...(apiKey ? { apiKey } : {}),
        });
        setName('');
        setModel('');
        setApiKey('');
      }
      onAdded();
    } catch (fault) {
      setError(fault);
    }
    setBusy(false);
  };

  const isComplete = kind === 'file' ? path.trim() !== '' : url.trim() !== '' && model.trim() !== '';
  return (
    <section className={css.section} aria-labelledby="add-model">
      <div className={css.head}>
        <h2 id="add-model">Add your own</h2>
        <SegmentedControl
          size="xs"
          aria-label="Kind of model"
          value={kind}
          onChange={(value) => {
            setKind(value === 'endpoint' ? 'endpoint' : 'file');
            setError(null);
          }}
          data={[
            { value: 'file', label: 'GGUF file' },
            { value: 'endpoint', label: 'Endpoint' },
          ]}
        />
      </div>
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        {kind === 'file' ? (
          <TextInput
            autoComplete="off"
            label="Path of the GGUF file"
            description="On the machine where Jan runs. The file stays where it is; its header is checked first."
            placeholder="/home/you/models/qwen3-4b-q4_k_m.gguf"
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            spellCheck={false}
          />
        ) : (
          <>
            <TextInput
              autoComplete="off"
              label="Address"
              description="Of llama-server, vLLM, Ollama or any OpenAI-compatible server, up to and including /v1. On 127.0.0.1 answers stay on this machine; elsewhere the prompts are sent there."
              value={url}
              onChange={(event) => setUrl(event.currentTarget.value)}
              spellCheck={false}
            />
            <div className={css.pair}>
              <TextInput
                autoComplete="off"
                label="Model"
                placeholder="qwen3:8b"
                value={model}
                onChange={(event) => setModel(event.currentTarget.value)}
                spellCheck={false}
              />
              <TextInput
                autoComplete="off"
                label="Shown as"
                placeholder="The model’s name"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </div>
            <PasswordInput
              autoComplete="off"
              label="API key"
              description="Only if the server asks for one. It is kept in the vault."
              value={apiKey}
              onChange={(event) => setApiKey(event.currentTarget.value)}
            />
          </>
        )}
        {error ? <FaultNote what="The model was not added." error={error} /> : null}
        <div>
          <Button type="submit" loading={busy} disabled={!isComplete}>
            Add
          </Button>
        </div>
      </form>
    </section>
  );
};
