// Where one is signed in, and ending that.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { endOtherSessions, endSession, getSessions } from '../../api/account';
import { browserName } from '../../lib/browserName';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { WideTable } from '../../ui/WideTable';

export function SessionsTable() {
  const { t, language } = useSpeech();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: getSessions });
  const again = { onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }) };
  const ending = useMutation({ mutationFn: endSession, ...again });
  const endingOthers = useMutation({ mutationFn: endOtherSessions, ...again });
  const error = sessions.error ?? ending.error ?? endingOthers.error;
  if (error) return <ErrorNotice error={error} />;
  if (!sessions.data) return <Loading />;
  return (
    <div className="sessions-table">
      <WideTable label={t('account.sessions')} words>
        <thead>
          <tr>
            <th scope="col">{t('account.sessionUsed')}</th>
            <th scope="col">{t('account.sessionOpened')}</th>
            <th scope="col">{t('account.sessionFrom')}</th>
            <th scope="col">{t('account.sessionBrowser')}</th>
            <th scope="col">{t('account.end')}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.data.map((each) => (
            <tr key={each.session}>
              <td data-word={t('account.sessionUsed')}>{longInstant(each.used, language)}</td>
              <td data-word={t('account.sessionOpened')}>{longInstant(each.opened, language)}</td>
              <td data-word={t('account.sessionFrom')}>{each.from}</td>
              <td data-word={t('account.sessionBrowser')} title={each.browser}>
                {browserName(each.browser)}
              </td>
              <td>
                {each.here ? (
                  t('account.sessionHere')
                ) : (
                  <Button size="small" onClick={() => ending.mutate(each.session)}>
                    {t('account.end')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      {sessions.data.length > 1 ? (
        <Button loading={endingOthers.isPending} onClick={() => endingOthers.mutate()}>
          {t('account.endOthers')}
        </Button>
      ) : null}
    </div>
  );
}
