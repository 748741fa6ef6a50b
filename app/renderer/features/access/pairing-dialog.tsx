import { Modal } from '@mantine/core';
import { useState } from 'react';
import { PairingCard } from './pairing-card.tsx';
import { usePairing } from './queries.ts';

/** Comes up wherever the person is when a program asks for a key. Escape puts it off: it waits under API keys. */
export const PairingDialog = () => {
  const requests = usePairing();
  const [putOff, setPutOff] = useState<ReadonlySet<string>>(new Set());
  const request = requests.find(({ code }) => !putOff.has(code));
  return (
    <Modal
      opened={request !== undefined}
      onClose={() => {
        if (request) setPutOff(new Set([...putOff, request.code]));
      }}
      title="A program asks for a key"
      size={440}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Answer later' }}
      data-testid="pairing-dialog"
      // What is typed here is an answer, not a shortcut of what lies below.
      onKeyDown={(event) => {
        if (event.key !== 'Escape') event.stopPropagation();
      }}
    >
      {request ? <PairingCard key={request.code} request={request} /> : null}
    </Modal>
  );
};
