import { IconBraces } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { AnchoredPanel, IconButton, PickList } from '../../components/index.ts';
import type { Value } from './plan-edits.ts';
import form from './form.module.css';
import css from './value-area.module.css';

interface ValueAreaProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  /** What can be named in it; none: it is plain text. */
  readonly values?: readonly Value[];
  /** Written without braces: the whole field is an expression. */
  readonly bare?: boolean;
  readonly error?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** Text with expressions in it, and the list of what they can name one press away. */
export const ValueArea = ({ label, hint, value, values = [], bare, error, placeholder, onChange }: ValueAreaProps) => {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const insert = ({ expression }: Value): void => {
    setIsOpen(false);
    const at = area.current?.selectionStart ?? value.length;
    const end = area.current?.selectionEnd ?? at;
    const written = bare ? expression : `{{ ${expression} }}`;
    onChange(bare ? written : `${value.slice(0, at)}${written}${value.slice(end)}`);
    requestAnimationFrame(() => {
      const caret = (bare ? 0 : at) + written.length;
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={form.field}>
      <span className={css.head}>
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <span id={`${id}-hint`} className={form.hint}>
            {hint}
          </span>
        ) : null}
      </span>
      <span className={css.box}>
        <textarea
          ref={area}
          id={id}
          className={`${form.area} ${css.area}`}
          data-code
          data-one={!value.includes('\n') && value.length < 60 ? true : undefined}
          spellCheck={false}
          autoComplete="off"
          rows={1}
          value={value}
          placeholder={placeholder}
          aria-invalid={error !== undefined}
          aria-describedby={described || undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {values.length > 0 ? (
          <span className={css.insert}>
            <IconButton
              ref={button}
              icon={IconBraces}
              label={`Insert a value into ${label}`}
              onClick={() => setIsOpen(true)}
            />
          </span>
        ) : null}
      </span>
      {error ? (
        <span id={`${id}-error`} className={css.error} role="alert">
          {error}
        </span>
      ) : null}
      {isOpen && button.current ? (
        <AnchoredPanel anchor={button.current} label="Insert a value" width={320} onClose={() => setIsOpen(false)}>
          <PickList
            label="Insert a value"
            placeholder="An input, or what a step gives…"
            items={values.map((one) => ({
              id: one.expression,
              label: one.label,
              hint: one.expression,
              also: one.expression,
              group: one.group,
              run: () => insert(one),
            }))}
          />
        </AnchoredPanel>
      ) : null}
    </div>
  );
};
