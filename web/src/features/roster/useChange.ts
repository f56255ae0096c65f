// Sending one change: one key for each intention, and what is wrong where it is refused.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey } from '../../api/client';
import { intentFor, type Intent } from '../../lib/intent';
import { useSpeech } from '../../ui/LanguageContext';

export function useChange<Body, Answer>(
  send: (body: Body, key: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [intent, setIntent] = useState<Intent | null>(null);
  const sending = useMutation({
    mutationFn: ({ body, key }: { body: Body; key: string }) => send(body, key),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ predicate: (query) => query.meta?.['still'] !== true });
      onDone(answer);
    },
  });
  function change(body: Body) {
    if (sending.isPending) return;
    const next = intentFor(intent, JSON.stringify(body), newIdempotencyKey);
    setIntent(next);
    sending.mutate({ body, key: next.key });
  }
  const wrong = sending.error ? sending.error.message || t('term.offline') : null;
  return { change, wrong, busy: sending.isPending };
}
