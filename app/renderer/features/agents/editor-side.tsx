import { IconAlertCircle, IconFilePlus } from '@tabler/icons-react';
import type { PlaybookFault } from '../../../../node-core/contract/index.ts';
import { type Template, templates } from './templates.ts';
import css from './playbook-editor.module.css';

/** What is wrong, the first line first; each is a press away from its line. */
export const Faults = ({ faults, goTo }: { faults: readonly PlaybookFault[]; goTo: (line: number) => void }) => (
  <ul className={css.faults} aria-label="What is wrong" data-testid="playbook-faults">
    {faults.map((fault, at) => (
      <li key={at}>
        <button
          type="button"
          className={css.fault}
          disabled={fault.line === null}
          onClick={() => goTo(fault.line ?? 1)}
        >
          <IconAlertCircle size={16} stroke={1.6} aria-hidden />
          <span>
            {fault.message}
            <span className={css.where}>
              {fault.line === null ? '' : `Line ${fault.line}`}
              {fault.path.length > 0 ? ` ${fault.path.join('.')}` : ''}
            </span>
          </span>
        </button>
      </li>
    ))}
  </ul>
);

/** What a new one can begin with. */
export const Templates = ({ onPick }: { onPick: (template: Template) => void }) => (
  <section className={css.templates} aria-label="Begin with">
    <h2 className={css.heading}>Begin with</h2>
    <ul>
      {templates.map((template) => (
        <li key={template.name}>
          <button type="button" className={css.template} data-testid="template" onClick={() => onPick(template)}>
            <IconFilePlus size={16} stroke={1.6} aria-hidden />
            {template.name}
          </button>
        </li>
      ))}
    </ul>
    <p className={css.where}>or write on, paste one, or drop a file here.</p>
  </section>
);
