// The calendar of my deadlines: its secret address is made, shown once, and ended here.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { getTokens, issueToken, revokeToken } from '../../api/account';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';

const SCOPE = 'calendar';
const DAYS = 366;
const ADDRESS = '/api/v1/calendar.ics';

export function CalendarCard() {
  const { t, language } = useSpeech();
  const queries = useQueryClient();
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: getTokens });
  const again = { onSettled: () => queries.invalidateQueries({ queryKey: ['tokens'] }) };
  const making = useMutation({ mutationFn: () => issueToken(SCOPE, SCOPE, DAYS), ...again });
  const ending = useMutation({ mutationFn: revokeToken, ...again });
  if (tokens.error) return <ErrorNotice error={tokens.error} />;
  if (!tokens.data) return <Loading />;
  const made = tokens.data.filter((each) => each.scope === SCOPE);
  const told = making.data && made.some((each) => each.id === making.data?.id);
  return (
    <>
      <p>{t('account.calendarNote')}</p>
      {told ? (
        <p role="status">
          {t('account.calendarTold')}{' '}
          <code className="secret">{`${location.origin}${ADDRESS}?key=${making.data.token}`}</code>
        </p>
      ) : null}
      <ul className="plain">
        {made.map((each) => (
          <li key={each.id}>
            {t('account.calendarSince', {
              opened: longInstant(each.opened, language),
              expires: each.expires ? longInstant(each.expires, language) : t('account.never'),
            })}{' '}
            <Button size="small" onClick={() => ending.mutate(each.id)}>
              {t('account.calendarEnd')}
            </Button>
          </li>
        ))}
      </ul>
      {making.error ? <ErrorNotice error={making.error} /> : null}
      {ending.error ? <ErrorNotice error={ending.error} /> : null}
      <p>
        <Button loading={making.isPending} onClick={() => making.mutate()}>
          {t('account.calendarMake')}
        </Button>{' '}
        <a href={ADDRESS} download="deadlines.ics">
          {t('account.calendarGet')}
        </a>
      </p>
    </>
  );
}
