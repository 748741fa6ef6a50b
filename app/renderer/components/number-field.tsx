import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  /** What holds where nothing is written. */
  readonly placeholder: string;
  readonly description?: string;
  readonly onChange: (value: number | undefined) => void;
}

const parse = (
  text: string,
  { min, max, whole }: Pick<NumberFieldProps, 'min' | 'max' | 'whole'>,
): number | undefined => {
  const value = Number(text.replace(',', '.'));
  return text.trim() !== '' &&
    Number.isFinite(value) &&
    value >= min &&
    value <= max &&
    (!whole || Number.isInteger(value))
    ? value
    : undefined;
};

/** A figure that may be left out. What is none says so and is not taken over. */
const NumberField = (props: NumberFieldProps) => {
  const { label, value, min, max, whole, placeholder, description, onChange } = props;
  const [text, setText] = useState(value === undefined ? '' : String(value));
  useEffect(() => {
    setText((old) =>
      parse(old, { min, max, ...(whole ? { whole } : {}) }) === value ? old : value === undefined ? '' : String(value),
    );
  }, [value, min, max, whole]);
  const isWrong = text.trim() !== '' && parse(text, props) === undefined;
  return (
    <TextInput
      label={label}
      description={description}
      value={text}
      placeholder={placeholder}
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      error={isWrong ? `${whole ? 'A whole number' : 'A number'} from ${min} to ${max}` : null}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        if (next.trim() === '') onChange(undefined);
        else {
          const parsed = parse(next, props);
          if (parsed !== undefined) onChange(parsed);
        }
      }}
    />
  );
};

export type NumberFieldOf<Name> = Omit<NumberFieldProps, 'value' | 'onChange'> & { readonly name: Name };

interface NumberFieldsProps<Name extends string> {
  readonly fields: readonly NumberFieldOf<Name>[];
  readonly values: Readonly<Partial<Record<Name, number | null | undefined>>>;
  readonly onChange: (name: Name, value: number | undefined) => void;
}

/** Figures that a model is asked with. */
export const NumberFields = <Name extends string>({ fields, values, onChange }: NumberFieldsProps<Name>) =>
  fields.map(({ name, ...field }) => (
    <NumberField key={name} {...field} value={values[name] ?? undefined} onChange={(value) => onChange(name, value)} />
  ));
