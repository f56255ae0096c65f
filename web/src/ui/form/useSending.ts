// Sending one form: what is wrong with it, one key for each intended change, and what comes back.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey, Problem } from '../../api/client';
import { intentFor, type Intent } from '../../lib/intent';
import type { Wrong } from './ErrorSummary';
import type { Field } from './fields';
import { fieldOf } from './problems';
import { useFaults } from './useFaults';
import type { Fault, FormValues } from './reading';
import { useSpeech } from '../LanguageContext';

export interface Sending<Body, Answer> {
  fields: Field[];
  start: FormValues;
  read: (values: FormValues) => { body: Body; faults: Fault[] };
  send: (body: Body, key: string) => Promise<Answer>;
  onDone: (answer: Answer) => void;
}

export function useSending<Body, Answer>(form: Sending<Body, Answer>) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const say = useFaults(form.fields);
  const [values, setValues] = useState<FormValues>(form.start);
  const [wrong, setWrong] = useState<Wrong[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [intent, setIntent] = useState<Intent | null>(null);
  const sending = useMutation({
    mutationFn: ({ body, key }: { body: Body; key: string }) => form.send(body, key),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ predicate: (query) => query.meta?.['still'] !== true });
      form.onDone(answer);
    },
    onError: (error) => {
      setAttempt((before) => before + 1);
      const path = error instanceof Problem ? fieldOf(error, form.fields) : null;
      const offline = error instanceof Problem && error.code === 'offline';
      setWrong([
        { path, sentence: offline ? t('form.unsure') : error.message || t('term.offline') },
      ]);
    },
  });
  function send() {
    if (sending.isPending) return;
    const { body, faults } = form.read(values);
    setWrong(say(faults));
    if (faults.length > 0) return setAttempt(attempt + 1);
    const next = intentFor(intent, JSON.stringify(body), newIdempotencyKey);
    setIntent(next);
    sending.mutate({ body, key: next.key });
  }
  function setValue(name: string, change: (before: unknown) => unknown) {
    setWrong((before) => before.filter((each) => each.path?.split(/[[.]/)[0] !== name));
    setValues((before) => ({ ...before, [name]: change(before[name]) }));
  }
  const errors = { at: (path: string) => wrong.find((each) => each.path === path)?.sentence };
  return { values, setValue, wrong, attempt, errors, send, busy: sending.isPending };
}
