/**
 * The two skills of the built-in model, defined once: the agent runtime, the generator of the training text and the evaluation all
 * build prompts, grammars and results from here.
 *
 * Planning, one completion:
 *   const goal = prepareGoal(text, { today });                // or a Refusal: 'code' in goal
 *   const { text } = await completer.complete({ ...planRequest(goal), onText });
 *   planStepsSoFar(goal, partialText)                         // whole steps only, for showing while the model writes
 *   schedulePlan(parsePlan(goal, text), { today, deadline: goal.deadline })
 *   planNote(goal, scheduled)                                 // Markdown of the linked note
 *
 * Extraction, one completion per window (journal each by `window.id`):
 *   const transcript = splitTranscript(text, { today, date? });   // or a Refusal
 *   for (const window of extractionWindows(transcript))
 *     findings.push(...parseWindow(transcript, window, (await completer.complete(windowRequest(window))).text));
 *   mergeFindings(transcript, findings)                        // Extraction: decisions, actions, notices
 *
 * A general model (an own GGUF, an OpenAI-compatible endpoint) answers in one shot under a JSON schema:
 *   planInstructions(goal) / extractInstructions(transcript) -> GeneralRequest
 *   parseGeneralPlan(goal, json) / parseGeneralExtraction(transcript, json)
 */
export type * from './types.ts';
export { MAX_GOAL_CHARS, MAX_TRANSCRIPT_CHARS } from './input.ts';
export {
  buildPlanPrompt,
  parsePlan,
  planGrammar,
  planRequest,
  planStepsSoFar,
  planTitle,
  prepareGoal,
  usualPlan,
  type PreparedGoal,
} from './plan.ts';
export { planNote, schedulePlan } from './schedule.ts';
export { splitTranscript, type Transcript, type Unit } from './transcript.ts';
export { extractionWindows, type ExtractionWindow } from './window.ts';
export { parseWindow, windowGrammar, windowRequest, type Finding } from './extract.ts';
export { mergeFindings } from './merge.ts';
export { extractInstructions, parseGeneralExtraction, parseGeneralPlan, planInstructions } from './general.ts';
export { deadlineIn, findDates, meetingDate, type DatePhrase } from './dates.ts';
