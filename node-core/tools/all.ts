import { codeJavascript } from './run-code/javascript.ts';
import { knowledgeSearch } from './search/knowledge.ts';
import { notesList, notesRead } from './search/notes.ts';
import { workspaceSearch } from './search/workspace.ts';
import type { Tool } from './types.ts';

/** Every built-in tool, in the order in which a person is shown them. */
export const builtInTools: readonly Tool[] = [workspaceSearch, knowledgeSearch, notesRead, notesList, codeJavascript];
