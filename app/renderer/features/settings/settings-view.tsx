import { SegmentedControl } from '@mantine/core';
import { type ReactNode } from 'react';
import { View } from '../../components/index.ts';
import { connection } from '../../rpc/index.ts';
import { updateSettings, useInfo, useSettings } from './queries.ts';
import { KeysSection } from './keys-section.tsx';
import { RemoteSection } from './remote-section.tsx';
import { Section } from './section.tsx';
import { TracesSection } from './traces-section.tsx';
import css from './settings.module.css';
import { VaultSection } from './vault-section.tsx';

const Row = ({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) => (
  <div className={css.row}>
    <div className={css.rowText}>
      <span>{label}</span>
      {hint ? <span className={css.hint}>{hint}</span> : null}
    </div>
    {children}
  </div>
);

const isOneOf = <T extends string>(value: string, choices: readonly T[]): value is T =>
  choices.some((choice) => choice === value);
const themes = ['system', 'light', 'dark'] as const;
const fonts = ['sans', 'serif'] as const;
const weekStarts = ['monday', 'sunday'] as const;

const Appearance = () => {
  const settings = useSettings();
  return (
    <Section title="Appearance">
      <Row label="Theme">
        <SegmentedControl
          size="xs"
          aria-label="Theme"
          value={settings?.theme ?? 'system'}
          onChange={(theme) => {
            if (isOneOf(theme, themes)) void updateSettings({ theme });
          }}
          data={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </Row>
      <Row label="Type of notes">
        <SegmentedControl
          size="xs"
          aria-label="Type of notes"
          value={settings?.noteFont ?? 'sans'}
          onChange={(noteFont) => {
            if (isOneOf(noteFont, fonts)) void updateSettings({ noteFont });
          }}
          data={[
            { value: 'sans', label: 'Sans' },
            { value: 'serif', label: 'Serif' },
          ]}
        />
      </Row>
      <Row label="Week starts on">
        <SegmentedControl
          size="xs"
          aria-label="Week starts on"
          value={settings?.weekStart ?? 'monday'}
          onChange={(weekStart) => {
            if (isOneOf(weekStart, weekStarts)) void updateSettings({ weekStart });
          }}
          data={[
            { value: 'monday', label: 'Monday' },
            { value: 'sunday', label: 'Sunday' },
          ]}
        />
      </Row>
    </Section>
  );
};

const About = () => {
  const info = useInfo();
  return (
    <Section title="About">
      <dl className={css.about}>
        <div>
          <dt>Jan Node</dt>
          <dd>{info?.version ?? ''}</dd>
        </div>
        <div>
          <dt>Data</dt>
          <dd className={css.mono}>{info?.dataDir ?? ''}</dd>
        </div>
        <div>
          <dt>Address</dt>
          <dd className={css.mono}>{info?.url ?? ''}</dd>
        </div>
        <div>
          <dt>Licence</dt>
          <dd>Not yet fixed</dd>
        </div>
      </dl>
      {info?.host === 'server' ? (
        <Row label="This browser" hint="Forgets the API key it signed in with.">
          <button type="button" className={css.textButton} onClick={() => connection.signOut()}>
            Sign out
          </button>
        </Row>
      ) : null}
    </Section>
  );
};

export const SettingsView = () => (
  <View title="Settings" testId="view-settings" context="The vault, the keys of the API, and how it looks">
    <VaultSection />
    <KeysSection />
    <RemoteSection />
    <TracesSection />
    <Appearance />
    <About />
  </View>
);
