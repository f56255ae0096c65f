// Listing an item: one short form that survives a reload and tells of items that look the same.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { newIdempotencyKey, Problem } from '../../api/client';
import { openItem } from '../../api/items';
import { getFlow, getKinds } from '../../api/ledger';
import type { Flow, OpenItem } from '../../api/shapes';
import { withQuery } from '../../lib/address';
import { intentFor } from '../../lib/intent';
import { ErrorSummary, type Wrong } from '../../ui/form/ErrorSummary';
import type { Field } from '../../ui/form/fields';
import { FormField } from '../../ui/form/FormField';
import { Choice, type Around } from '../../ui/form/inputs';
import { useAround } from '../../ui/form/useAround';
import { fieldOf } from '../../ui/form/problems';
import { asText, asUnit, readForm, type FormValues } from '../../ui/form/reading';
import { useDraft } from '../../ui/form/useDraft';
import { useFaults } from '../../ui/form/useFaults';
import { useSpecials } from '../../ui/form/useSpecials';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { useHere } from '../../ui/SessionContext';
import { usePageTitle } from '../../ui/usePageTitle';
import { isRare, openingFields } from './opening';
import { Similar } from './Similar';
import './new-item.css';

export function NewItemPage() {
  const { t } = useSpeech();
  usePageTitle(t('shell.newItem'));
  const [search, setSearch] = useSearchParams();
  const kinds = useQuery({ queryKey: ['kinds'], queryFn: getKinds });
  const kind = search.get('kind') ?? kinds.data?.kinds[0]?.kind ?? '';
  const flow = useQuery({
    queryKey: ['flow', kind, undefined],
    queryFn: () => getFlow(kind),
    enabled: kind !== '',
  });
  const error = kinds.error ?? flow.error;
  if (error) return <ErrorNotice error={error} />;
  if (!kinds.data || !flow.data) return <Loading rows={8} />;
  return (
    <div className="narrow-page">
      <h1>{t('shell.newItem')}</h1>
      <p className="quiet">
        {t('behalf.instead')} <Link to="/items/on-behalf">{t('behalf.title')}</Link>
      </p>
      <section className="card">
        <div className="form-field">
          <label htmlFor="f-kind">{t('term.kind')}</label>
          <Choice
            id="f-kind"
            options={kinds.data.kinds.map((each) => ({ value: each.kind, label: each.title }))}
            value={kind}
            onChange={(next) => setSearch(withQuery(search, { kind: next }), { replace: true })}
          />
        </div>
        <OpeningForm key={kind} flow={flow.data} />
      </section>
    </div>
  );
}

function OpeningForm({ flow }: { flow: Flow }) {
  const { t } = useSpeech();
  const around = useAround();
  const form = useOpening(flow, around.myUnit);
  const { draft, fields, wrong } = form;
  const values = draft.kept.values;
  const errors = {
    at: (path: string) => wrong.find((each) => each.path === path)?.sentence,
  };
  const rare = fields.filter(isRare);
  const isInUse = ({ name }: Field) => Boolean(values[name]) || errors.at(name) !== undefined;
  const shown = (field: Field) => (
    <div key={field.name}>
      <FormField
        field={field}
        value={values[field.name]}
        onChange={(change) => form.setValue(field.name, change)}
        errors={errors}
        around={around}
      />
      {field.name === 'title' ? (
        <Similar title={asText(values.title)} unit={asUnit(values.unit)} />
      ) : null}
    </div>
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.send();
      }}
    >
      <ErrorSummary wrong={wrong} attempt={form.attempt} />
      {form.signedOut ? (
        <p>
          <Link to={`/sign-in?next=${encodeURIComponent('/items/new')}`}>
            {t('shell.signInFirst')}
          </Link>
        </p>
      ) : null}
      {draft.restored ? <p className="quiet">{t('form.restored')}</p> : null}
      {draft.saved ? null : <p className="soon">{t('form.notSaved')}</p>}
      {fields.filter((field) => !isRare(field)).map(shown)}
      <details className="more-fields" open={rare.some(isInUse) || undefined}>
        <summary>{t('item.moreFields')}</summary>
        {rare.map(shown)}
      </details>
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={form.sending}>
          {t('item.openSubmit')}
        </Button>
        <Button type="text" onClick={form.clear}>
          {t('form.discard')}
        </Button>
      </div>
    </form>
  );
}

function useOpening(flow: Flow, unit: Around['myUnit']) {
  const { t } = useSpeech();
  const { today } = useHere().ledger;
  const specials = useSpecials();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [start] = useState<FormValues>({ unit });
  const draft = useDraft(`new.${flow.kind}`, { values: start, seen: 0, intent: null });
  const { kept, keepNow } = draft;
  const fields = openingFields(flow, { today, source: asText(kept.values.source), specials });
  const say = useFaults(fields);
  const [wrong, setWrong] = useState<Wrong[]>([]);
  const [attempt, setAttempt] = useState(0);
  const opening = useMutation({
    mutationFn: ({ body, key }: { body: OpenItem; key: string }) => openItem(body, key),
    onSuccess: (receipt) => {
      draft.drop();
      void queries.invalidateQueries({ predicate: (query) => query.meta?.['still'] !== true });
      navigate(`/items/${receipt.item}`);
    },
    onError: (error) => {
      setAttempt((before) => before + 1);
      const path = error instanceof Problem ? fieldOf(error, fields) : null;
      const offline = error instanceof Problem && error.code === 'offline';
      setWrong([
        { path, sentence: offline ? t('form.unsure') : error.message || t('term.offline') },
      ]);
    },
  });
  function send() {
    if (opening.isPending) return;
    const { body, faults } = readForm(fields, kept.values);
    setWrong(say(faults));
    if (faults.length > 0) return setAttempt(attempt + 1);
    const whole = { kind: flow.kind, ...body } as OpenItem;
    const intent = intentFor(kept.intent, JSON.stringify(whole), newIdempotencyKey);
    keepNow({ ...kept, intent });
    opening.mutate({ body: whole, key: intent.key });
  }
  function setValue(name: string, change: (before: unknown) => unknown) {
    setWrong((before) => before.filter((each) => each.path?.split(/[[.]/)[0] !== name));
    draft.setValue(name, change);
  }
  function clear() {
    setWrong([]);
    draft.setKept({ values: start, seen: 0, intent: null });
  }
  const error = opening.error;
  return {
    draft,
    fields,
    wrong,
    attempt,
    send,
    setValue,
    clear,
    sending: opening.isPending,
    signedOut: error instanceof Problem && error.status === 401,
  };
}
