import { IconCheck, IconX } from '@tabler/icons-react';
import type { RunDetail, Version } from '../../../../node-core/contract/index.ts';
import { ScrollText } from '../../components/index.ts';
import { Visible } from './exact.tsx';
import css from './playbook-body.module.css';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

interface CardProps {
  readonly version: Version;
  readonly number: number;
  /** By the name of each question of the rubric. */
  readonly asked: ReadonlyMap<string, string>;
}

const Card = ({ version, number, asked }: CardProps) => (
  <li className={css.version} data-kept={version.kept || undefined} data-testid="version">
    <header className={css.versionHead}>
      <h3>Version {number}</h3>
      {version.kept ? <span className={css.kept}>Kept</span> : null}
      <span className={css.score}>{percent(version.score)}</span>
    </header>
    {version.faults.length > 0 ? (
      <ul className={css.faults} aria-label="Faults found by checks">
        {version.faults.map((fault, at) => (
          <li key={at}>
            <Visible text={fault} />
          </li>
        ))}
      </ul>
    ) : null}
    {version.rubric.length > 0 ? (
      <ul className={css.rubric} aria-label="Rubric">
        {version.rubric.map((one) => (
          <li key={one.id} data-met={one.met || undefined}>
            {one.met ? (
              <IconCheck size={16} stroke={1.8} aria-label="met" />
            ) : (
              <IconX size={16} stroke={1.8} aria-label="not met" />
            )}
            <span>
              {asked.get(one.id) ?? one.id}
              {one.reason ? <span className={css.reason}>{one.reason}</span> : null}
            </span>
          </li>
        ))}
      </ul>
    ) : null}
    <ScrollText label={`Version ${number}`} className={css.versionText}>
      <Visible text={version.text} />
    </ScrollText>
  </li>
);

/** Every version of what was reviewed, side by side, with what was found in it. */
export const VersionsTab = ({ run }: { run: RunDetail }) => {
  const versions = run.playbook?.versions ?? [];
  if (versions.length === 0)
    return <p className={css.none}>Nothing was reviewed{run.endedAt === null ? ' yet' : ''}.</p>;
  const reviews = run.playbook?.playbook.steps.filter((step) => step.kind === 'review') ?? [];
  const stepOf = (index: number) => run.steps.find((step) => step.index === index);
  const askedIn = (index: number): ReadonlyMap<string, string> =>
    new Map(
      reviews.find(({ id }) => id === stepOf(index)?.id)?.rubric.map(({ id, question }) => [id, question] as const),
    );
  const nameOf = ({ index, item }: Version): string =>
    `${stepOf(index)?.title ?? 'Versions'}${item === undefined ? '' : `, ${item + 1}`}`;
  const groups = Map.groupBy(
    versions.toSorted((a, b) => a.index - b.index || (a.item ?? 0) - (b.item ?? 0)),
    ({ index, item }) => `${index} ${item ?? ''}`,
  );
  return [...groups].map(([text, ofText]) => {
    const name = ofText[0] ? nameOf(ofText[0]) : text;
    return (
      <section key={text} aria-label={name}>
        <h2 className={css.heading}>{name}</h2>
        <ol className={css.versions}>
          {ofText.map((version, at) => (
            <Card key={at} version={version} number={at + 1} asked={askedIn(version.index)} />
          ))}
        </ol>
      </section>
    );
  });
};
