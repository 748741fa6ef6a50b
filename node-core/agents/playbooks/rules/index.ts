import type { Rule } from '../types.ts';
import { articleRules } from './article.ts';
import { connectedRules } from './connected.ts';
import { deckRules } from './deck.ts';
import { factRules } from './fact-check.ts';
import { meetingRules } from './meeting.ts';
import { pitchRules } from './pitch.ts';
import { planRules } from './plan.ts';
import { proposalRules } from './proposals.ts';
import { researchRules } from './research.ts';
import { textRules } from './text.ts';
import { themeRules } from './themes.ts';

/** By the names that playbooks use. */
export const rules: ReadonlyMap<string, Rule> = new Map(
  [
    ...textRules,
    ...planRules,
    ...researchRules,
    ...articleRules,
    ...factRules,
    ...meetingRules,
    ...themeRules,
    ...proposalRules,
    ...connectedRules,
    ...pitchRules,
    ...deckRules,
  ].map((rule) => [rule.name, rule]),
);
