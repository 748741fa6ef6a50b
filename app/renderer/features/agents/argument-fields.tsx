import type { PlaybookPart } from '../../../../node-core/contract/index.ts';
import { Choice, Fold } from '../../components/index.ts';
import { plural } from '../../days.ts';
import type { Json } from './draft.ts';
import { isRecord } from './json.ts';
import type { Value } from './plan-edits.ts';
import { ValueArea } from './value-area.tsx';
import { written, YamlField } from './yaml-field.tsx';
import form from './form.module.css';

type Arguments = Record<string, Json>;
type Schema = { readonly [key: string]: Json };

/** Of a schema, or of the alternatives in it that are more than nothing. */
const alternatives = (schema: Schema): readonly Schema[] => {
  const any = schema['anyOf'] ?? schema['oneOf'];
  return Array.isArray(any) ? any.filter(isRecord).filter((one) => one['type'] !== 'null') : [schema];
};

const typesOf = (schema: Schema): readonly string[] =>
  alternatives(schema)
    .flatMap(({ type }) => type ?? [])
    .flatMap((type) => (typeof type === 'string' && type !== 'null' ? [type] : []));

const choicesOf = (schema: Schema): readonly string[] => {
  const found = alternatives(schema).flatMap(({ enum: all }) => (Array.isArray(all) ? all : []));
  return found.filter((one) => typeof one === 'string');
};

const names: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a record',
};

const hintOf = (schema: Schema, isRequired: boolean): string => {
  const said = typeof schema['description'] === 'string' ? schema['description'] : '';
  const types = [...new Set(typesOf(schema))].map((type) => names[type] ?? type).join(' or ');
  return [said, types, isRequired ? '' : 'may be left out'].filter(Boolean).join(' · ');
};

const isExpression = (value: Json | undefined): boolean => typeof value === 'string' && value.includes('{{');

interface ArgumentProps {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
  readonly value: Json | undefined;
  readonly values: readonly Value[];
  readonly error: string | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

const Argument = ({ name, schema, isRequired, value, values, error, onChange }: ArgumentProps) => {
  const types = typesOf(schema);
  const choices = choicesOf(schema);
  const hint = hintOf(schema, isRequired);
  const isFlag = types.length === 1 && types[0] === 'boolean';
  const isPlain = value === undefined || typeof value === 'string' || typeof value === 'boolean';
  if ((choices.length > 0 || isFlag) && isPlain && !isExpression(value)) {
    const offered = isFlag
      ? [
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]
      : choices.map((choice) => ({ value: choice, label: choice }));
    return (
      <div className={form.field}>
        <span>{name}</span>
        <Choice
          wide
          label={name}
          value={value === undefined ? '' : String(value)}
          choices={[...(isRequired ? [] : [{ value: '', label: 'Not said' }]), ...offered]}
          onChange={(next) => onChange(next === '' ? undefined : isFlag ? next === 'true' : next)}
        />
      </div>
    );
  }
  if (types.length === 1 && types[0] === 'string')
    return (
      <ValueArea
        label={name}
        hint={hint}
        value={written(value)}
        values={values}
        error={error}
        onChange={(next) => onChange(next === '' && !isRequired ? undefined : next)}
      />
    );
  return (
    <YamlField
      label={name}
      hint={hint}
      value={value}
      values={values}
      error={error}
      read={(next) => ({ value: next })}
      onChange={onChange}
    />
  );
};

interface ArgumentFieldsProps {
  /** `undefined`: not known here, as of a server that is not connected. */
  readonly part: PlaybookPart | undefined;
  readonly given: Arguments;
  readonly values: readonly Value[];
  /** By the name of the argument. */
  readonly errors: ReadonlyMap<string, string>;
  readonly onChange: (given: Arguments, name: string) => void;
}

/** What a tool, a rule or a change is given: a field for each argument, typed where that is known. */
export const ArgumentFields = ({ part, given, values, errors, onChange }: ArgumentFieldsProps) => {
  const properties = isRecord(part?.input['properties']) ? part.input['properties'] : {};
  const required = Array.isArray(part?.input['required']) ? part.input['required'] : [];
  const known = Object.keys(properties);
  const all = [...known, ...Object.keys(given).filter((name) => !known.includes(name))];
  const isSet = (name: string): boolean => required.includes(name) || Object.hasOwn(given, name);
  const write = (name: string, value: Json | undefined): void => {
    const { [name]: _, ...rest } = given;
    // In its place, so that fields keep their order.
    const next =
      value === undefined
        ? rest
        : Object.hasOwn(given, name)
          ? Object.fromEntries(Object.entries(given).map(([key, old]) => [key, key === name ? value : old]))
          : { ...given, [name]: value };
    onChange(next, name);
  };
  const field = (name: string) => {
    const schema = properties[name];
    return (
      <Argument
        key={name}
        name={name}
        schema={isRecord(schema) ? schema : {}}
        isRequired={required.includes(name)}
        value={given[name]}
        values={values}
        error={errors.get(name)}
        onChange={(value) => write(name, value)}
      />
    );
  };
  const open = all.filter(isSet);
  const more = all.filter((name) => !isSet(name));
  return (
    <>
      {open.map(field)}
      {more.length > 0 ? (
        <Fold label={`${plural(more.length, 'argument')} more: ${more.join(', ')}`}>
          <div className={form.form}>{more.map(field)}</div>
        </Fold>
      ) : null}
    </>
  );
};
