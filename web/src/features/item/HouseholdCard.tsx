// A household that moves: its scheme, how far it is, and the code by which it reads of itself.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router-dom';
import { giveQueryCode } from '../../api/items';
import type { Item } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice } from '../../ui/Notice';
import { holds, useHere } from '../../ui/SessionContext';

export function HouseholdCard({ item }: { item: Item }) {
  const { t, language } = useSpeech();
  const { session } = useHere();
  const { household } = item;
  if (!household) return null;
  const related = [...(household.split_from ? [household.split_from] : []), ...household.splits];
  const gives = holds(session, 'recorder') || holds(session, 'responsible');
  return (
    <section className="card" id="household">
      <h2>{t('item.household')}</h2>
      <p>
        <Link to={`/schemes/${encodeURIComponent(household.scheme)}`}>{household.name}</Link>{' '}
        {household.stage === 'none' ? null : (
          <span className="tag">{t(`roster.stage_${household.stage}`)}</span>
        )}
      </p>
      {related.length > 0 ? (
        <p>
          {t(household.split_from ? 'item.splitFrom' : 'item.splits')}{' '}
          {related.map((no) => (
            <Link key={no} className="code" to={`/items/${no}`}>
              {no}{' '}
            </Link>
          ))}
        </p>
      ) : null}
      {gives ? <QueryCode no={item.item} again={household.has_code} /> : null}
      <p className="quiet">
        <a href={`/household?lang=${language}`}>{t('item.householdPage')}</a>
      </p>
    </section>
  );
}

// Shown once, to be written on the slip that the household gets.
function QueryCode({ no, again }: { no: string; again: boolean }) {
  const { t } = useSpeech();
  const given = useMutation({ mutationFn: () => giveQueryCode(no) });
  if (given.data)
    return (
      <p role="status">
        {t('item.codeGiven')} <b className="code">{given.data.code}</b>
      </p>
    );
  return (
    <div>
      <Button loading={given.isPending} onClick={() => given.mutate()}>
        {t(again ? 'item.codeAgain' : 'item.codeGive')}
      </Button>
      {given.error ? <ErrorNotice error={given.error} /> : null}
    </div>
  );
}
