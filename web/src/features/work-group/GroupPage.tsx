// One work group: its mandate, its members by post, what came of it, and its visits.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { getGroup, getVisits } from '../../api/groups';
import type {
  BurdenOver,
  GroupDone,
  GroupTally,
  VisitsPage,
  WorkGroupPage,
} from '../../api/shapes';
import { longDay } from '../../lib/days';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { MoreRows } from '../../ui/MoreRows';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { postWords } from '../../ui/post';
import { Sheet } from '../../ui/Sheet';
import { usePages } from '../../ui/usePages';
import { usePageTitle } from '../../ui/usePageTitle';
import { WideTable } from '../../ui/WideTable';
import { Day, Fact, StampLine, UnitLink } from '../../ui/words';
import { EndForm, MembersForm, VisitForm } from './ChangeForms';
import { Standing } from './GroupsPage';
import './work-group.css';

export function GroupPage() {
  const { group = '' } = useParams();
  const { t } = useSpeech();
  const asked = useQuery({ queryKey: ['work-group', group], queryFn: () => getGroup(group) });
  usePageTitle(asked.data?.group.name ?? t('group.of'));
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={8} />;
  const page = asked.data;
  return (
    <>
      <p>
        <Link to="/work-groups">{t('group.title')}</Link>
      </p>
      <Head page={page} />
      <Mandate page={page} />
      <Summary page={page} />
      <Visits group={group} />
      <StampLine position={page.position} instant={page.instant} />
    </>
  );
}

type Open = 'visit' | 'members' | 'end' | null;

function Head({ page }: { page: WorkGroupPage }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState<Open>(null);
  const [over, setOver] = useState<BurdenOver | null>(null);
  function done(answer: GroupDone) {
    setOpen(null);
    setOver(answer.burden_over ?? null);
  }
  const sheet = (which: Open, title: string, form: React.ReactNode) =>
    open === which ? (
      <Sheet title={title} wide onClose={() => setOpen(null)}>
        {form}
      </Sheet>
    ) : null;
  return (
    <>
      <div className="head">
        <h1>{page.group.name}</h1>
        <Standing group={page.group} />
        <span className="group-actions">
          {page.may.visit ? (
            <Button type="primary" onClick={() => setOpen('visit')}>
              {t('group.record')}
            </Button>
          ) : null}
          {page.may.change ? (
            <>
              <Button onClick={() => setOpen('members')}>{t('group.change')}</Button>
              <Button onClick={() => setOpen('end')}>{t('group.end')}</Button>
            </>
          ) : null}
        </span>
      </div>
      {over ? <Over over={over} /> : null}
      {sheet('visit', t('group.record'), <VisitForm page={page} onDone={done} />)}
      {sheet('members', t('group.change'), <MembersForm page={page} onDone={done} />)}
      {sheet('end', t('group.end'), <EndForm page={page} onDone={done} />)}
    </>
  );
}

function Over({ over }: { over: BurdenOver }) {
  const { t } = useSpeech();
  return (
    <Notice
      title={t('unit.burdenOver')}
      detail={t('group.burdenOver', {
        unit: over.unit.name,
        month: over.month,
        asked: over.asked,
        budget: over.budget,
      })}
    />
  );
}

function Mandate({ page }: { page: WorkGroupPage }) {
  const { t, pick, language } = useSpeech();
  const { group } = page;
  const and = language === 'en' ? ', ' : '、';
  const matters = [
    ...group.kinds.map((each) => (each.title ? pick(each.title) : each.kind)),
    ...group.requirements.map((each) =>
      each.title ? pick(each.title) : `${each.programme}/${each.requirement}`,
    ),
  ];
  return (
    <section className="card">
      <dl className="group-facts">
        <Fact label={t('group.period')}>
          {t('group.periodText', {
            from: longDay(group.from, language),
            to: longDay(group.to, language),
          })}
        </Fact>
        <Fact label={t('group.units')}>
          {group.units.map((unit, index) => (
            <span key={unit.code}>
              {index > 0 ? and : ''}
              <UnitLink unit={unit} />
            </span>
          ))}
        </Fact>
        <Fact label={t('group.matters')}>{matters.join(and)}</Fact>
        <Fact label={t('group.issuer')}>{group.issuer ? postWords(group.issuer, t) : '—'}</Fact>
        <Fact label={t('group.visitsMax')}>{count(group.visits_max)}</Fact>
        {page.overlaps.length > 0 ? (
          <Fact label={t('group.overlaps')}>
            {page.overlaps
              .map((each) =>
                t('group.overlapsWith', {
                  name: `${t('group.of')} ${each.work_group}`,
                  unit: each.issuer?.unit.name ?? '—',
                }),
              )
              .join(language === 'en' ? '; ' : '；')}
            {page.overlap_reason ? <p className="quiet">{page.overlap_reason}</p> : null}
          </Fact>
        ) : null}
        <Fact label={t('group.members')}>
          <ul className="plain">
            {page.members.map((member) => (
              <li key={member.post}>{postWords(member, t)}</li>
            ))}
          </ul>
        </Fact>
      </dl>
    </section>
  );
}

const NUMBERS = ['visits', 'asked', 'listed', 'verified', 'closed'] as const;

function Summary({ page }: { page: WorkGroupPage }) {
  const { t } = useSpeech();
  const { all, units } = page.summary;
  const cells = (tally: GroupTally) =>
    NUMBERS.map((name) => (
      <td key={name} data-word={t(`group.${name}`)}>
        {count(tally[name])}
      </td>
    ));
  return (
    <section className="card">
      <h2>{t('group.summary')}</h2>
      <p className="quiet">{t('group.summaryHint')}</p>
      <WideTable label={t('group.summary')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('term.unit')}</th>
            {NUMBERS.map((name) => (
              <th key={name} scope="col">
                {t(`group.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('group.summaryAll')}</th>
            {cells(all)}
          </tr>
          {units.map((tally) => (
            <tr key={tally.unit?.code}>
              <th scope="row">{tally.unit ? <UnitLink unit={tally.unit} /> : null}</th>
              {cells(tally)}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

function Visits({ group }: { group: string }) {
  const { t } = useSpeech();
  const asked = usePages(['work-group', group, 'visits'], (cursor: number | undefined) =>
    getVisits(group, cursor),
  );
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={4} />;
  const visits = asked.data.pages.flatMap((page) => page.visits);
  return (
    <section className="card">
      <h2>{t('group.visits')}</h2>
      {visits.length === 0 ? <p className="quiet">{t('group.visitsNone')}</p> : null}
      <ul className="plain group-visits">
        {visits.map((visit) => (
          <OneVisit key={visit.record} visit={visit} />
        ))}
      </ul>
      <MoreRows asked={asked} />
    </section>
  );
}

function OneVisit({ visit }: { visit: VisitsPage['visits'][number] }) {
  const { t } = useSpeech();
  const items = (word: string, numbers: string[]) =>
    numbers.length > 0 ? (
      <p>
        {word}{' '}
        {numbers.map((no) => (
          <Link key={no} className="code" to={`/items/${no}`}>
            {no}{' '}
          </Link>
        ))}
      </p>
    ) : null;
  return (
    <li>
      <h3>
        <Day day={visit.day} /> <UnitLink unit={visit.unit} />{' '}
        <span className="tag">{t(`group.sort_${visit.sort}`)}</span>
        {visit.asked > 0 ? (
          <small>
            {' '}
            {t('group.asked')} {count(visit.asked)}
          </small>
        ) : null}
      </h3>
      <p className="group-text">{visit.text ?? t('form.destroyed')}</p>
      {items(t('group.opened'), visit.opened)}
      {items(t('group.checked'), visit.checked)}
    </li>
  );
}
