// The resettlement schemes that one may know of, and opening another.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { getSchemes, getSchemesTable, openScheme } from '../../api/schemes';
import type { SchemeRow } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { holds, useHere } from '../../ui/SessionContext';
import { Sheet } from '../../ui/Sheet';
import { TableButton } from '../../ui/TableButton';
import { usePageTitle } from '../../ui/usePageTitle';
import { WideTable } from '../../ui/WideTable';
import { StampLine } from '../../ui/words';
import { PlainForm } from './PlainForm';
import { Households, Signed, Standing, Term } from './SchemeFacts';
import './roster.css';

export function SchemesPage() {
  const { t } = useSpeech();
  const { session } = useHere();
  const navigate = useNavigate();
  usePageTitle(t('roster.title'));
  const [opening, setOpening] = useState(false);
  const asked = useQuery({ queryKey: ['schemes'], queryFn: getSchemes });
  return (
    <>
      <div className="head">
        <h1>{t('roster.title')}</h1>
        {holds(session, 'supervisor') ? (
          <Button onClick={() => setOpening(true)}>{t('roster.open')}</Button>
        ) : null}
        {asked.data?.schemes.length ? (
          <TableButton load={getSchemesTable} name="schemes.csv" />
        ) : null}
      </div>
      <p className="quiet">{t('roster.hint')}</p>
      {asked.error && !asked.data ? <ErrorNotice error={asked.error} /> : null}
      {asked.data ? (
        <>
          <Schemes rows={asked.data.schemes} />
          <StampLine position={asked.data.position} instant={asked.data.instant} />
        </>
      ) : asked.error ? null : (
        <Loading rows={6} />
      )}
      {opening ? (
        <Sheet title={t('roster.open')} wide onClose={() => setOpening(false)}>
          <PlainForm
            fields={[
              { name: 'scheme', label: t('roster.code'), hint: t('roster.codeHint') },
              { name: 'name', label: t('roster.name') },
              {
                name: 'units',
                label: t('roster.units'),
                hint: t('roster.unitsHint'),
                sort: 'lines',
              },
            ]}
            read={(values) => ({
              scheme: (values.scheme ?? '').trim(),
              name: (values.name ?? '').trim(),
              units: (values.units ?? '').split(/\s+/).filter((code) => code !== ''),
            })}
            send={async (body, key) => {
              await openScheme(body, key);
              return body.scheme;
            }}
            onDone={(scheme) => navigate(`/schemes/${encodeURIComponent(scheme)}`)}
          />
        </Sheet>
      ) : null}
    </>
  );
}

function Schemes({ rows }: { rows: SchemeRow[] }) {
  const { t, language } = useSpeech();
  const and = language === 'en' ? ', ' : '、';
  if (rows.length === 0)
    return (
      <section className="card">
        <Notice title={t('roster.none')} hint={t('roster.noneHint')} />
      </section>
    );
  return (
    <section className="card">
      <WideTable label={t('roster.title')} words asLines>
        <thead>
          <tr>
            <th scope="col">{t('roster.of')}</th>
            <th scope="col">{t('roster.units')}</th>
            <th scope="col">{t('roster.households')}</th>
            <th scope="col">{t('roster.signed')}</th>
            <th scope="col">{t('roster.term')}</th>
            <th scope="col">{t('roster.standing')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((scheme) => (
            <tr key={scheme.scheme}>
              <th scope="row" className="running">
                <Link to={`/schemes/${encodeURIComponent(scheme.scheme)}`}>{scheme.name}</Link>
              </th>
              <td data-word={t('roster.units')}>
                {scheme.units.map((unit) => unit.name).join(and)}
              </td>
              <td data-word={t('roster.households')}>
                <Households scheme={scheme} />
              </td>
              <td data-word={t('roster.signed')}>
                <Signed scheme={scheme} />
              </td>
              <td data-word={t('roster.term')}>
                <Term scheme={scheme} />
              </td>
              <td data-word={t('roster.standing')}>
                <Standing scheme={scheme} />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
