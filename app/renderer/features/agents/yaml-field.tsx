import { useEffect, useState } from 'react';
import { parse, stringify } from 'yaml';
import type { Json } from './draft.ts';
import { isJson } from './json.ts';
import type { Value } from './plan-edits.ts';
import { ValueArea } from './value-area.tsx';

/** A value as it is written: text as it stands, all else as YAML. */
export const written = (value: Json | undefined): string =>
  value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : stringify(value, { lineWidth: 0, flowCollectionPadding: false }).trimEnd();

interface YamlFieldProps<T extends Json> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: T | undefined;
  readonly values?: readonly Value[];
  readonly error?: string | undefined;
  readonly placeholder?: string;
  /** The value where it is of the right shape, else what it should be. */
  readonly read: (value: Json | undefined) => { readonly value: T | undefined } | { readonly wrong: string };
  readonly onChange: (value: T | undefined) => void;
}

/** A record or a list, written as YAML; only what can be read is taken over. */
export const YamlField = <T extends Json>({ value, read, onChange, error, ...field }: YamlFieldProps<T>) => {
  const [text, setText] = useState(() => written(value));
  const [wrong, setWrong] = useState<string>();
  const [own, setOwn] = useState(value);
  useEffect(() => {
    if (value === own) return;
    // Taken back, or changed by another field.
    setOwn(value);
    setText(written(value));
    setWrong(undefined);
  }, [value, own]);
  const change = (next: string): void => {
    setText(next);
    let found: unknown;
    try {
      found = next.trim() === '' ? undefined : parse(next);
    } catch (fault) {
      setWrong(fault instanceof Error ? fault.message.split('\n')[0] : 'This is no YAML.');
      return;
    }
    const taken = found === undefined || isJson(found) ? read(found) : { wrong: 'Text, figures, lists and records.' };
    if ('wrong' in taken) {
      setWrong(taken.wrong);
      return;
    }
    setWrong(undefined);
    setOwn(taken.value);
    onChange(taken.value);
  };
  return <ValueArea {...field} value={text} error={wrong ?? error} onChange={change} />;
};
