import { proposeTimes } from './calendar/propose.ts';
import { readCalendar } from './calendar/read.ts';
import { writeCalendar } from './calendar/write.ts';
import { textCitations } from './citations/citations.ts';
import { commentGithub, readGithub, searchGithub } from './github/github.ts';
import { githubStats } from './github/stats.ts';
import { textGrammar } from './grammar/grammar.ts';
import { draftMail } from './mail/draft.ts';
import { readMail } from './mail/read.ts';
import { searchMail } from './mail/search.ts';
import { sendMail } from './mail/send.ts';
import { textMarkdown } from './markdown/markdown.ts';
import { readNotion, searchNotion, writeNotion } from './notion/notion.ts';
import { webRead } from './read-page/read-page.ts';
import { textReadability } from './readability/readability.ts';
import { codeJavascript } from './run-code/javascript.ts';
import { codePython } from './run-code/python.ts';
import { knowledgeSearch } from './search/knowledge.ts';
import { notesList, notesRead } from './search/notes.ts';
import { workspaceSearch } from './search/workspace.ts';
import { searchSlack, sendSlack } from './slack/slack.ts';
import { webSearch } from './web-search/web-search.ts';
import type { Tool } from './types.ts';

/** Every built-in tool, in the order in which a person is shown them. */
export const builtInTools: readonly Tool[] = [
  webSearch,
  webRead,
  textMarkdown,
  textGrammar,
  textCitations,
  textReadability,
  workspaceSearch,
  knowledgeSearch,
  notesRead,
  notesList,
  codeJavascript,
  codePython,
  readCalendar,
  proposeTimes,
  writeCalendar,
  searchMail,
  readMail,
  draftMail,
  sendMail,
  searchSlack,
  sendSlack,
  searchGithub,
  readGithub,
  githubStats,
  commentGithub,
  searchNotion,
  readNotion,
  writeNotion,
];
