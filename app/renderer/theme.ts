import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import type { Project } from '../../node-core/contract/index.ts';

/** One value per scheme: light and dark are drawn apart, not derived from each other. */
interface Drawn {
  readonly light: string;
  readonly dark: string;
}
const drawn = (light: string, dark: string): Drawn => ({ light, dark });

/** Every colour of the app, by what it is for. CSS reads them as `--jan-<name>`. */
const colors = {
  canvas: drawn('#ffffff', '#18191c'),
  rail: drawn('#f6f6f7', '#131417'),
  raised: drawn('#ffffff', '#202125'),
  sunken: drawn('#f6f6f7', '#131417'),
  hover: drawn('#f1f1f3', '#222428'),
  press: drawn('#e8e8eb', '#2a2c31'),
  track: drawn('#ececef', '#212226'),
  thumb: drawn('#ffffff', '#3a3c43'),
  selected: drawn('#e7edfb', '#222c45'),
  border: drawn('#e6e6e9', '#292b30'),
  'border-strong': drawn('#cfcfd5', '#3d4047'),
  control: drawn('#84858f', '#74767f'),
  text: drawn('#1b1b1f', '#e7e7ea'),
  muted: drawn('#5b5c65', '#a6a8b0'),
  faint: drawn('#676872', '#90929b'),
  accent: drawn('#2b59c9', '#4069d4'),
  'accent-hover': drawn('#234bad', '#4a74e0'),
  'on-accent': drawn('#ffffff', '#ffffff'),
  'accent-text': drawn('#2450b8', '#93b2ff'),
  'accent-soft': drawn('#e7edfb', '#222c45'),
  ring: drawn('#2b59c9', '#7ea2ff'),
  agent: drawn('#6a4d9f', '#bca8e8'),
  'agent-soft': drawn('#f2eef9', '#282236'),
  danger: drawn('#b0322a', '#f28f84'),
  'danger-fill': drawn('#b0322a', '#b23c33'),
  'danger-soft': drawn('#fbeceb', '#341f1e'),
  warning: drawn('#8a5a06', '#e0ad5b'),
  'warning-soft': drawn('#fbf3e2', '#31291a'),
  success: drawn('#2a7349', '#75c795'),
  'priority-1': drawn('#bd3d2b', '#f0806e'),
  'priority-2': drawn('#96600a', '#e0a64c'),
  'priority-3': drawn('#336c9e', '#82b3e3'),
  mark: drawn('#fff1c2', '#4a3f1c'),
  code: drawn('#f3f3f5', '#202226'),
  'syntax-keyword': drawn('#76399a', '#c9a6e8'),
  'syntax-string': drawn('#2b6b3d', '#8fca9d'),
  'syntax-number': drawn('#86490a', '#e0b07a'),
  scrim: drawn('rgb(20 20 26 / 24%)', 'rgb(0 0 0 / 52%)'),
  'shadow-color': drawn('rgb(20 20 30 / 12%)', 'rgb(0 0 0 / 50%)'),
} satisfies Record<string, Drawn>;

const projectColors: Record<Project['color'], Drawn> = {
  gray: drawn('#85868f', '#8d8f98'),
  red: drawn('#cc4b43', '#e8766e'),
  orange: drawn('#cf6f26', '#e8975a'),
  yellow: drawn('#b78d13', '#dbbb55'),
  green: drawn('#3d8b54', '#6fbd86'),
  teal: drawn('#23888a', '#5fbabb'),
  blue: drawn('#3a72c8', '#76a5ee'),
  violet: drawn('#7a5bc0', '#a78fe4'),
  pink: drawn('#bd4f8d', '#df86b6'),
};

/** A project's colour as a CSS value. */
export const projectColor = (color: Project['color']): string => `var(--jan-project-${color})`;

const scheme = (name: keyof Drawn): Record<string, string> =>
  Object.fromEntries([
    ...Object.entries(colors).map(([key, value]) => [`--jan-${key}`, value[name]]),
    ...Object.entries(projectColors).map(([key, value]) => [`--jan-project-${key}`, value[name]]),
  ]);

/** Mantine's own names, pointed at ours, so that its controls look like the rest of the app. */
const mantineNames: Record<string, string> = {
  '--mantine-color-body': 'var(--jan-canvas)',
  '--mantine-color-text': 'var(--jan-text)',
  '--mantine-color-bright': 'var(--jan-text)',
  '--mantine-color-dimmed': 'var(--jan-muted)',
  '--mantine-color-placeholder': 'var(--jan-faint)',
  '--mantine-color-error': 'var(--jan-danger)',
  '--mantine-color-success': 'var(--jan-success)',
  '--mantine-color-anchor': 'var(--jan-accent-text)',
  '--mantine-color-default': 'var(--jan-raised)',
  '--mantine-color-default-hover': 'var(--jan-hover)',
  '--mantine-color-default-color': 'var(--jan-text)',
  '--mantine-color-default-border': 'var(--jan-border-strong)',
  '--mantine-color-disabled': 'var(--jan-hover)',
  '--mantine-color-disabled-color': 'var(--jan-faint)',
  '--mantine-color-disabled-border': 'var(--jan-border)',
  '--mantine-primary-color-contrast': 'var(--jan-on-accent)',
  ...Object.fromEntries(
    ['primary-color', 'color-accent'].flatMap((name) => [
      [`--mantine-${name}-filled`, 'var(--jan-accent)'],
      [`--mantine-${name}-filled-hover`, 'var(--jan-accent-hover)'],
      [`--mantine-${name}-light`, 'var(--jan-accent-soft)'],
      [`--mantine-${name}-light-hover`, 'var(--jan-accent-soft)'],
      [`--mantine-${name}-light-color`, 'var(--jan-accent-text)'],
      [`--mantine-${name}-text`, 'var(--jan-accent-text)'],
      [`--mantine-${name}-outline`, 'var(--jan-ring)'],
    ]),
  ),
  '--mantine-color-red-filled': 'var(--jan-danger-fill)',
  '--mantine-color-red-filled-hover': 'var(--jan-danger-fill)',
  '--mantine-color-red-light': 'var(--jan-danger-soft)',
  '--mantine-color-red-light-hover': 'var(--jan-danger-soft)',
  '--mantine-color-red-light-color': 'var(--jan-danger)',
  '--mantine-color-gray-light': 'var(--jan-hover)',
  '--mantine-color-gray-light-hover': 'var(--jan-press)',
  '--mantine-color-gray-light-color': 'var(--jan-muted)',
  '--mantine-color-gray-text': 'var(--jan-muted)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--jan-ease': 'cubic-bezier(0.2, 0, 0, 1)',
    '--jan-time': '140ms',
    '--jan-row': '36px',
    '--jan-reading': '760px',
    '--jan-shadow': '0 8px 28px var(--jan-shadow-color), 0 1px 3px var(--jan-shadow-color)',
    '--jan-sans': sans,
    '--jan-serif': serif,
    '--jan-mono': mono,
  },
  light: { ...scheme('light'), ...mantineNames },
  dark: { ...scheme('dark'), ...mantineNames },
});

const sans = `-apple-system, BlinkMacSystemFont, 'Segoe UI Variable Text', 'Segoe UI', Inter, 'Noto Sans', system-ui, sans-serif`;
const serif = `'Iowan Old Style', 'Source Serif 4', 'Noto Serif', Charter, Georgia, serif`;
const mono = `ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', 'Noto Sans Mono', 'DejaVu Sans Mono', Menlo, monospace`;

const shades = (value: string): MantineColorsTuple => [
  value,
  value,
  value,
  value,
  value,
  value,
  value,
  value,
  value,
  value,
];

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent: shades(colors.accent.light) },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '10px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '14px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.3' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Tooltip: {
      defaultProps: {
        openDelay: 450,
        fz: 12,
        transitionProps: { duration: 120 },
        events: { hover: true, focus: true, touch: false },
      },
    },
    Button: { defaultProps: { size: 'xs', fz: 14, fw: 400 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 140 },
        overlayProps: { color: 'var(--jan-scrim)', backgroundOpacity: 1 },
      },
    },
    Menu: { defaultProps: { transitionProps: { duration: 120 }, shadow: 'none' } },
    Popover: { defaultProps: { transitionProps: { duration: 120 }, shadow: 'none' } },
  },
});
