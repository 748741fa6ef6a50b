import './styles.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './features/shell/app.tsx';
import { styleNonce } from './nonce.ts';
import { connection, queryClient } from './rpc/index.ts';
import { isServed } from './served.ts';
import { cssVariablesResolver, theme } from './theme.ts';
import { guardHtml } from './trusted-types.ts';

guardHtml();

// Jan was updated while this window was open: its parts have new names now. Once is enough; a second failure is shown.
const reloadedAt = 'jan.reloaded';
const reloadOnce = (): void => {
  if (Date.now() - Number(sessionStorage.getItem(reloadedAt) ?? 0) < 30_000) return;
  sessionStorage.setItem(reloadedAt, String(Date.now()));
  location.reload();
};
window.addEventListener('vite:preloadError', () => {
  // Of a page whose node is gone nothing would be left.
  void isServed().then((isThere) => isThere && reloadOnce());
});

connection.start();

const remembered = localStorage.getItem('jan.theme');
const scheme = remembered === 'light' || remembered === 'dark' ? remembered : 'auto';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme={scheme}
      getStyleNonce={() => styleNonce() ?? ''}
      deduplicateInlineStyles
    >
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
