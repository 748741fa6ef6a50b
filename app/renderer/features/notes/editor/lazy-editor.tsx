import { late } from '../../../components/index.ts';
import type { MarkdownEditorProps } from './markdown-editor.tsx';

/** The editor, fetched on first use; until then the text as it is, at the size it will have. */
export const LazyEditor = late<MarkdownEditorProps>(
  () => import('./markdown-editor.tsx').then((module) => module.MarkdownEditor),
  ({ value }) => <div style={{ whiteSpace: 'pre-wrap', lineHeight: 1.6, minHeight: 22 }}>{value}</div>,
);
