import { lazy, Suspense } from 'react';
import type { MarkdownEditorProps } from './markdown-editor.tsx';

const MarkdownEditor = lazy(() =>
  import('./markdown-editor.tsx').then((module) => ({ default: module.MarkdownEditor })),
);

/** The editor, fetched on first use; until then the text as it is, at the size it will have. */
export const LazyEditor = (props: MarkdownEditorProps) => (
  <Suspense fallback={<div style={{ whiteSpace: 'pre-wrap', lineHeight: 1.6, minHeight: 22 }}>{props.value}</div>}>
    <MarkdownEditor {...props} />
  </Suspense>
);
