// The form of one task: drafts survive a reload, an answer that never came is asked for again under
// the same key, and what somebody else did meanwhile is shown before anything is sent over it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { newIdempotencyKey, Problem } from '../../api/client';
import { changeItem } from '../../api/items';
import type { History, Item, Receipt } from '../../api/shapes';
import { intentFor } from '../../lib/intent';
import type { Key } from '../../locales';
import { ErrorSummary, type Wrong } from '../../ui/form/ErrorSummary';
import { fieldWord } from '../../ui/form/fields';
import { FormField } from '../../ui/form/FormField';
import type { Around, Errors } from '../../ui/form/inputs';
import { fieldOf } from '../../ui/form/problems';
import { readForm } from '../../ui/form/reading';
import { useDraft } from '../../ui/form/useDraft';
import { useFaults } from '../../ui/form/useFaults';
import { useSpeech } from '../../ui/LanguageContext';
import { useHere } from '../../ui/SessionContext';
import { changesSince } from './entries';
import type { Told } from './sentences';
import { Stale } from './Stale';
import { ERASE_TASK, sentBody, type Task } from './tasks';

interface Props {
  task: Task;
  item: Item;
  history: History;
  told: Told;
  onDone: (receipt: Receipt) => void;
  onClose: () => void;
}

export function ActionForm(props: Props) {
  const { task, item, onClose } = props;
  const { t } = useSpeech();
  const around = useAround(item);
  const form = useSending(props);
  const { draft, wrong, attempt, stale, unknown } = form;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const errors: Errors = { at: (path) => wrong.find((each) => each.path === path)?.sentence };
  const impossible = useImpossible(task, item);
  const firstOptional = task.fields.findIndex((field) => !field.required);
  return (
    <section className="card action-form">
      <h2 tabIndex={-1} ref={heading}>
        <TaskTitle task={task} />
      </h2>
      <Note task={task} />
      <Destroyed task={task} history={props.history} />
      <Approved task={task} item={item} />
      {stale ? (
        <Stale
          changes={stale.entries}
          bare={stale.bare}
          focus={attempt}
          onSeen={form.acknowledge}
          version={stale.version}
        />
      ) : null}
      {impossible ? (
        <p role="alert" className="late">
          {t('item.impossible', { why: impossible })}
        </p>
      ) : null}
      <ErrorSummary wrong={wrong} attempt={stale ? 0 : attempt} />
      {unknown ? <SignInAgain status={unknown.status} /> : null}
      {draft.restored ? <p className="quiet">{t('form.restored')}</p> : null}
      {draft.saved ? null : <p className="soon">{t('form.notSaved')}</p>}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!impossible) form.send();
        }}
      >
        {task.fields.map((field, index) => (
          <div key={field.name}>
            {index === firstOptional && index > 0 ? <hr /> : null}
            <FormField
              field={field}
              value={draft.kept.values[field.name]}
              onChange={(change) => form.setValue(field.name, change)}
              errors={errors}
              around={around}
            />
          </div>
        ))}
        <div className="actions">
          <Button
            type="primary"
            danger={task.dangerous}
            htmlType="submit"
            loading={form.sending}
            disabled={impossible !== null}
          >
            {t(submitWord(task))}
          </Button>
          <Button onClick={onClose}>{t('form.later')}</Button>
          <Button
            type="text"
            onClick={() => {
              draft.drop();
              onClose();
            }}
          >
            {t('form.discard')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function submitWord(task: Task): Key {
  if (!task.dangerous) return 'form.submit';
  if (task.sent.all) return 'item.erase';
  return task.sent.file ? 'item.destroyFile' : 'item.destroy';
}

function useSending({ task, item, history, told, onDone }: Props) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const draft = useDraft(`item.${item.item}.${task.id}`, {
    values: task.start,
    seen: item.version,
    intent: null,
  });
  const { kept, keepNow } = draft;
  const say = useFaults(task.fields);
  const [wrong, setWrong] = useState<Wrong[]>([]);
  const [attempt, setAttempt] = useState(0);
  const change = useMutation({
    mutationFn: ({ body, key }: { body: Record<string, unknown>; key: string }) =>
      changeItem(item.item, task.change, body, kept.seen, key),
    onSuccess: (receipt) => {
      draft.drop();
      onDone(receipt);
    },
    onError: (error) => {
      setAttempt((before) => before + 1);
      if (isStale(error)) {
        for (const part of ['item', 'history'])
          void queries.invalidateQueries({ queryKey: [part, item.item] });
        return;
      }
      const path = error instanceof Problem ? fieldOf(error, task.fields) : null;
      const offline = error instanceof Problem && error.code === 'offline';
      setWrong([
        { path, sentence: offline ? t('form.unsure') : error.message || t('term.offline') },
      ]);
    },
  });
  const refusedAsStale = isStale(change.error) ? (change.error as Problem) : null;
  const current = Math.max(item.version, Number(refusedAsStale?.body.facts?.current ?? 0));
  const stale = useMemo(() => {
    // The page may hear of this very change before the answer to it.
    if (change.isPending || current <= kept.seen) return null;
    const entries = changesSince(history.records, kept.seen, told);
    return { entries, bare: refusedAsStale?.body.changes ?? [], version: current };
  }, [change.isPending, current, kept.seen, history.records, told, refusedAsStale]);

  function send() {
    if (change.isPending) return;
    if (stale) return setAttempt(attempt + 1);
    const { body, faults } = readForm(task.fields, kept.values);
    setWrong(say(faults));
    if (faults.length > 0) return setAttempt(attempt + 1);
    const whole = sentBody(task, body);
    const intent = intentFor(kept.intent, JSON.stringify(whole), newIdempotencyKey);
    // Kept before it is sent: a reload while waiting must find the same key.
    keepNow({ ...kept, intent });
    change.mutate({ body: whole, key: intent.key });
  }
  function acknowledge() {
    change.reset();
    draft.setKept({ ...kept, seen: current });
  }
  function setValue(name: string, next: (before: unknown) => unknown) {
    setWrong((before) => before.filter((each) => each.path?.split(/[[.]/)[0] !== name));
    draft.setValue(name, next);
  }
  const unknown =
    change.error instanceof Problem && change.error.status === 401 ? change.error : null;
  return {
    draft,
    wrong,
    attempt,
    stale,
    unknown,
    send,
    acknowledge,
    setValue,
    sending: change.isPending,
  };
}

function isStale(error: Error | null): boolean {
  return error instanceof Problem && error.code === 'version_stale';
}

// Why the task cannot be done as things stand, or null.
function useImpossible(task: Task, item: Item): string | null {
  const { t } = useSpeech();
  if (task.id === ERASE_TASK.id) return item.erasure_refusal?.detail ?? null;
  if (task.change === 'correct' || task.change === 'redact') return null;
  const offer = item.offers.find((each) => each.transition === task.change);
  if (!offer) return t('item.notFromHere');
  return offer.refusal?.detail ?? null;
}

function useAround(item: Item): Around {
  const { session, ledger } = useHere();
  return useMemo(() => {
    const posts = session?.posts ?? [];
    const mine = posts.find((post) => post.role === 'verifier') ?? posts[0];
    const near = [item.lead, ...[...item.path].reverse(), ...posts.map((post) => post.unit)];
    const units = near.flatMap((unit) => (unit ? [unit] : []));
    return {
      units: units.filter(
        (unit, index) => units.findIndex((each) => each.code === unit.code) === index,
      ),
      measures: item.measures.filter((measure) => !measure.ended),
      today: ledger.today,
      myPosts: posts.map((post) => post.post),
      myUnit: mine?.unit ?? null,
    };
  }, [session, ledger.today, item.lead, item.path, item.measures]);
}

function TaskTitle({ task }: { task: Task }) {
  const { t, pick } = useSpeech();
  if (typeof task.title !== 'string') return <>{pick(task.title)}</>;
  const word = fieldWord(task.titleFact);
  return <>{t(task.title, { what: word ? t(word) : task.titleFact })}</>;
}

function Note({ task }: { task: Task }) {
  const { t, pick } = useSpeech();
  if (!task.note) return null;
  return <p className="quiet">{typeof task.note === 'string' ? t(task.note) : pick(task.note)}</p>;
}

// Whoever destroys a text sees which.
function Destroyed({ task, history }: { task: Task; history: History }) {
  if (task.change !== 'redact') return null;
  const record = history.records.find((each) => each.seq === task.sent.record);
  const label = record?.parts[Number(task.sent.part)];
  const text = label === undefined ? null : record?.texts[label];
  return text ? <blockquote className="prose">{text}</blockquote> : null;
}

// Whoever approves an abstract sees which.
function Approved({ task, item }: { task: Task; item: Item }) {
  const draft = item.report?.draft;
  if (task.act !== 'approve' || !draft) return null;
  return (
    <blockquote className="prose">
      <b>{draft.title}</b>
      {'\n'}
      {draft.text}
    </blockquote>
  );
}

// The session ended while somebody was typing: the draft waits for the same account.
function SignInAgain({ status }: { status: number }) {
  const { t } = useSpeech();
  const { pathname, search } = useLocation();
  if (status !== 401) return null;
  return (
    <p>
      <Link to={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>
        {t('shell.signInFirst')}
      </Link>
    </p>
  );
}
