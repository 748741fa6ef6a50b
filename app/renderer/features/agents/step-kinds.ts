import {
  type Icon,
  IconAdjustments,
  IconChecks,
  IconDatabaseEdit,
  IconListCheck,
  IconSparkles,
  IconTool,
} from '@tabler/icons-react';
import type { PlaybookStep } from '../../../../node-core/contract/index.ts';

interface StepKind {
  readonly name: string;
  readonly does: string;
  readonly icon: Icon;
}

export const kindNames = [
  'ask',
  'tool',
  'rule',
  'change',
  'review',
  'choose',
] as const satisfies PlaybookStep['kind'][];

/** The kinds of steps as a person is told them. */
export const stepKinds: Readonly<Record<PlaybookStep['kind'], StepKind>> = {
  ask: { name: 'Model', does: 'Ask a model', icon: IconSparkles },
  tool: { name: 'Tool', does: 'Call a tool', icon: IconTool },
  rule: { name: 'Rule', does: 'Let code decide', icon: IconAdjustments },
  change: { name: 'Change', does: 'Change the workspace', icon: IconDatabaseEdit },
  review: { name: 'Review', does: 'Review an answer', icon: IconChecks },
  choose: { name: 'Your choice', does: 'Let me choose', icon: IconListCheck },
};

export const kindOf = (kind: string): StepKind =>
  Object.entries(stepKinds).find(([name]) => name === kind)?.[1] ?? { name: kind, does: kind, icon: IconAdjustments };
