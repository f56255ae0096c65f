// The work groups that one may know of, and sending another.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { getGroups } from '../../api/groups';
import type { GroupRow } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { holds, useHere } from '../../ui/SessionContext';
import { Sheet } from '../../ui/Sheet';
import { usePageTitle } from '../../ui/usePageTitle';
import { WideTable } from '../../ui/WideTable';
import { Day, StampLine } from '../../ui/words';
import { MandateForm } from './MandateForm';
import './work-group.css';

export function GroupsPage() {
  const { t } = useSpeech();
  const { session } = useHere();
  const navigate = useNavigate();
  usePageTitle(t('group.title'));
  const [sending, setSending] = useState(false);
  const asked = useQuery({ queryKey: ['work-groups'], queryFn: getGroups });
  return (
    <>
      <div className="head">
        <h1>{t('group.title')}</h1>
        {holds(session, 'supervisor') ? (
          <Button onClick={() => setSending(true)}>{t('group.send')}</Button>
        ) : null}
      </div>
      <p className="quiet">{t('group.hint')}</p>
      {asked.error && !asked.data ? <ErrorNotice error={asked.error} /> : null}
      {asked.data ? (
        <>
          <Groups rows={asked.data.work_groups} />
          <StampLine position={asked.data.position} instant={asked.data.instant} />
        </>
      ) : asked.error ? null : (
        <Loading rows={6} />
      )}
      {sending ? (
        <Sheet title={t('group.send')} wide onClose={() => setSending(false)}>
          <MandateForm
            onDone={(answer) => {
              setSending(false);
              if (answer.work_group) navigate(`/work-groups/${answer.work_group}`);
            }}
          />
        </Sheet>
      ) : null}
    </>
  );
}

function Groups({ rows }: { rows: GroupRow[] }) {
  const { t, language } = useSpeech();
  const and = language === 'en' ? ', ' : '、';
  if (rows.length === 0)
    return (
      <section className="card">
        <Notice title={t('group.none')} hint={t('group.noneHint')} />
      </section>
    );
  return (
    <section className="card">
      <WideTable label={t('group.title')} words asLines>
        <thead>
          <tr>
            <th scope="col">{t('group.of')}</th>
            <th scope="col">{t('group.period')}</th>
            <th scope="col">{t('group.units')}</th>
            <th scope="col">{t('group.issuer')}</th>
            <th scope="col">{t('group.members')}</th>
            <th scope="col">{t('group.visits')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((group) => (
            <tr key={group.work_group}>
              <th scope="row" className="running">
                <Link to={`/work-groups/${group.work_group}`}>{group.name}</Link>{' '}
                <Standing group={group} />
              </th>
              <td data-word={t('group.period')}>
                <Day day={group.from} /> – <Day day={group.to} />
              </td>
              <td data-word={t('group.units')}>{group.units.map((unit) => unit.name).join(and)}</td>
              <td data-word={t('group.issuer')}>{group.issuer?.unit.name}</td>
              <td data-word={t('group.members')}>{count(group.member_count)}</td>
              <td data-word={t('group.visits')}>{count(group.visit_count)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

/** Whether its mandate lasts, is over or is still to begin. */
export function Standing({ group }: { group: GroupRow }) {
  const { t } = useSpeech();
  const today = useHere().ledger.today;
  const word = group.in_force
    ? t('group.inForce')
    : group.to < today
      ? t('group.ended')
      : t('group.later');
  return <span className={group.in_force ? 'tag phase-closed' : 'tag'}>{word}</span>;
}
