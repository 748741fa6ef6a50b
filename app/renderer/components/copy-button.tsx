import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { showToast } from '../ui-store.ts';
import { IconButton } from './icon-button.tsx';

const saidFor = 1_500;

/** Copies, and says so on the button itself. */
export const CopyButton = ({ text, label }: { text: () => string; label: string }) => {
  const [copied, setCopied] = useState(false);
  return (
    <IconButton
      icon={copied ? IconCheck : IconCopy}
      label={copied ? 'Copied' : label}
      onClick={() => {
        navigator.clipboard.writeText(text()).then(
          () => {
            setCopied(true);
            setTimeout(() => setCopied(false), saidFor);
          },
          () =>
            showToast({ tone: 'error', text: 'It was not copied.', detail: 'Select the text and copy it by hand.' }),
        );
      }}
    />
  );
};
