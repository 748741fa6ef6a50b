import { Button } from '@mantine/core';
import { plural } from '../../days.ts';
import { navigate } from '../../router.ts';
import { useKeys } from '../access/queries.ts';
import { useInfo } from './queries.ts';
import { Section } from './section.tsx';
import css from './settings.module.css';

/** The way to the keys with which other programs use the API. */
export const KeysSection = () => {
  const info = useInfo();
  const own = useKeys().data?.filter(({ endpoint }) => !endpoint).length;
  return (
    <Section
      title="API"
      text={
        info
          ? `Programs that speak the API of OpenAI or Anthropic reach Jan at ${info.url.replace(/\/$/, '')}/v1, each with a key of its own.`
          : undefined
      }
    >
      <div className={css.row}>
        <div className={css.rowText}>
          <span>{own === undefined ? 'Keys' : own === 0 ? 'No keys yet' : plural(own, 'key')}</span>
          <span className={css.hint}>
            {own === 0
              ? 'Make one for each program, or let a program ask for it'
              : 'What each may do and use, what it used, and its last requests'}
          </span>
        </div>
        <Button variant="default" onClick={() => navigate({ view: 'keys' })}>
          Keys, usage and requests
        </Button>
      </div>
    </Section>
  );
};
