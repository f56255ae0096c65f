// An official writes down what somebody tells him on a visit or by telephone; the code by which
// he follows it is shown once. Nothing of it is kept in this browser: no draft, no answer.
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import { Problem } from '../../api/client';
import { writeDownRequest } from '../../api/items';
import { getFlow, getKinds } from '../../api/ledger';
import type { Flow, ReportOnBehalf, ReportTaken } from '../../api/shapes';
import { ErrorSummary, type Wrong } from '../../ui/form/ErrorSummary';
import { FormField } from '../../ui/form/FormField';
import { Choice, type Around } from '../../ui/form/inputs';
import { useAround } from '../../ui/form/useAround';
import { fieldOf } from '../../ui/form/problems';
import { readForm, type FormValues } from '../../ui/form/reading';
import { useFaults } from '../../ui/form/useFaults';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { usePageTitle } from '../../ui/usePageTitle';
import { MANNERS, requestFields, takesReports, type About, type Manner } from './asking';
import { Accusation } from './Accusation';
import { Radios } from './Radios';
import { Slip } from './Slip';
import './on-behalf.css';

export function OnBehalfPage() {
  const { t } = useSpeech();
  usePageTitle(t('behalf.title'));
  const { flows, error } = useFlows();
  const [chosen, choose] = useState<string>();
  const [taken, setTaken] = useState<ReportTaken | null>(null);
  if (taken) return <Slip taken={taken} onNext={() => setTaken(null)} />;
  if (error) return <ErrorNotice error={error} />;
  if (!flows) return <Loading rows={8} />;
  const flow = flows.find((each) => each.kind === chosen) ?? flows[0];
  if (!flow) return <Notice title={t('behalf.none')} hint={t('behalf.noneHint')} />;
  return (
    <div className="narrow-page">
      <h1>{t('behalf.title')}</h1>
      <p className="quiet">{t('behalf.lead')}</p>
      <section className="card">
        {flows.length > 1 ? (
          <div className="form-field">
            <label htmlFor="f-kind">{t('term.kind')}</label>
            <Choice
              id="f-kind"
              options={flows.map((each) => ({ value: each.kind, label: each.title }))}
              value={flow.kind}
              onChange={choose}
            />
          </div>
        ) : null}
        <RequestForm key={flow.kind} flow={flow} onTaken={setTaken} />
      </section>
    </div>
  );
}

// What people may send in is about a person, so its totals are not public.
function useFlows(): { flows: Flow[] | null; error: Error | null } {
  const kinds = useQuery({ queryKey: ['kinds'], queryFn: getKinds });
  const asked = useQueries({
    queries: (kinds.data?.kinds ?? [])
      .filter((each) => each.totals === 'scope')
      .map(({ kind }) => ({
        queryKey: ['flow', kind, undefined],
        queryFn: () => getFlow(kind),
      })),
  });
  const error = kinds.error ?? asked.find((each) => each.error)?.error ?? null;
  const flows = asked.flatMap((each) => each.data ?? []);
  const ready = kinds.data !== undefined && flows.length === asked.length;
  return { flows: ready ? flows.filter(takesReports) : null, error };
}

function RequestForm({ flow, onTaken }: { flow: Flow; onTaken: (taken: ReportTaken) => void }) {
  const { t } = useSpeech();
  const around = useAround();
  const form = useRequest(flow, around.myUnit, onTaken);
  const errors = {
    at: (path: string) => form.wrong.find((each) => each.path === path)?.sentence,
  };
  const about = (
    <Radios<About>
      name="about"
      legend="behalf.about"
      options={[
        ['matter', 'behalf.aboutMatter'],
        ['unit', 'behalf.aboutUnit'],
      ]}
      value={form.about}
      onChange={form.setAbout}
      error={errors.at('about')}
    />
  );
  if (form.about === 'unit')
    return (
      <>
        {about}
        <Accusation />
      </>
    );
  const shown = (names: string[]) =>
    form.fields
      .filter((field) => names.includes(field.name))
      .map((field) => (
        <FormField
          key={field.name}
          field={field}
          value={form.values[field.name]}
          onChange={(change) => form.setValue(field.name, change)}
          errors={errors}
          around={around}
        />
      ));
  return (
    <form
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void form.send();
      }}
    >
      <ErrorSummary wrong={form.wrong} attempt={form.attempt} />
      {form.signedOut ? <SignInAgain /> : null}
      {about}
      {shown(['unit', 'source', 'category', 'text'])}
      <Radios<Manner>
        name="manner"
        legend="behalf.manner"
        options={MANNERS.map((manner) => [manner, `behalf.manner_${manner}`] as const)}
        value={form.manner}
        onChange={form.setManner}
        error={errors.at('manner')}
      />
      {shown(['name', 'contact', 'words'])}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={form.sending}>
          {t('behalf.submit')}
        </Button>
        <span className="quiet">{t('behalf.notKept')}</span>
      </div>
    </form>
  );
}

// What is typed must be copied first: it is kept nowhere.
function SignInAgain() {
  const { t } = useSpeech();
  return (
    <p>
      <Link to={`/sign-in?next=${encodeURIComponent('/items/on-behalf')}`}>
        {t('shell.signInFirst')}
      </Link>{' '}
      {t('behalf.notKept')}
    </p>
  );
}

function useRequest(flow: Flow, unit: Around['myUnit'], onTaken: (taken: ReportTaken) => void) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [values, setValues] = useState<FormValues>({ unit });
  const [about, setAbout] = useState<About | null>(null);
  const [manner, setManner] = useState<Manner>('anonymous');
  const [wrong, setWrong] = useState<Wrong[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [sending, setSending] = useState(false);
  const [signedOut, setSignedOut] = useState(false);
  const fields = useMemo(() => requestFields(flow, manner), [flow, manner]);
  const say = useFaults(fields);
  function refuse(sentences: Wrong[]) {
    setWrong(sentences);
    setAttempt((before) => before + 1);
  }
  async function send() {
    if (sending) return;
    const { body, faults } = readForm(fields, values);
    const found = say(faults);
    if (about === null) found.unshift({ path: 'about', sentence: t('behalf.aboutMissing') });
    if (found.length > 0) return refuse(found);
    setWrong([]);
    setSending(true);
    try {
      const taken = await writeDownRequest({ kind: flow.kind, manner, ...body } as ReportOnBehalf);
      void queries.invalidateQueries({ predicate: (query) => query.meta?.['still'] !== true });
      onTaken(taken);
    } catch (error) {
      setSending(false);
      setSignedOut(error instanceof Problem && error.status === 401);
      refuse([faultOf(error)]);
    }
  }
  function faultOf(error: unknown): Wrong {
    if (!(error instanceof Problem)) return { path: null, sentence: String(error) };
    // It takes no idempotency key, so that sending it again may record it twice.
    if (error.code === 'offline') return { path: null, sentence: t('behalf.unsure') };
    const about = error.code === 'accusation_not_on_behalf' ? 'about' : null;
    const sealed = error.code === 'receiving_key_none' ? 'manner' : null;
    return { path: about ?? sealed ?? fieldOf(error, fields), sentence: error.message };
  }
  const mended = (name: string) => setWrong((all) => all.filter(({ path }) => path !== name));
  return {
    fields,
    values,
    about,
    manner,
    wrong,
    attempt,
    sending,
    signedOut,
    send,
    setAbout: (next: About) => {
      mended('about');
      setAbout(next);
    },
    setManner: (next: Manner) => {
      mended('manner');
      setManner(next);
    },
    setValue: (name: string, change: (before: unknown) => unknown) => {
      mended(name);
      setValues((before) => ({ ...before, [name]: change(before[name]) }));
    },
  };
}
