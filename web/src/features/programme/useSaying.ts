// Sending what is said of a unit: once, however often it is sent, and the page asks anew.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { newIdempotencyKey } from '../../api/client';
import { say, type Saying } from '../../api/programmes';
import type { RequirementAnswer } from '../../api/shapes';
import { intentFor, type Intent } from '../../lib/intent';

export interface Said {
  saying: Saying;
  body: RequirementAnswer;
}

export function useSaying(programme: string, requirement: string, onDone: () => void) {
  const queries = useQueryClient();
  const intent = useRef<Intent | null>(null);
  return useMutation({
    mutationFn: ({ saying, body }: Said) => {
      const text = JSON.stringify([programme, requirement, saying, body]);
      intent.current = intentFor(intent.current, text, newIdempotencyKey);
      return say(programme, requirement, saying, body, intent.current.key);
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['coverage', programme] });
      void queries.invalidateQueries({ queryKey: ['programme', programme] });
      onDone();
    },
  });
}
