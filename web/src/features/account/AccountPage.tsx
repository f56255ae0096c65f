// My account: the password, the second factor, where I am signed in, tokens for scripts.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { endSecondFactor, getAccount } from '../../api/account';
import type { Account, Session } from '../../api/shapes';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { PasswordForm } from '../../ui/PasswordForm';
import { FormError } from '../../ui/FormError';
import { CodeField, PasswordAgain, SecondFactorForm } from '../../ui/SecondFactorForm';
import { holds, useHere } from '../../ui/SessionContext';
import { usePageTitle } from '../../ui/usePageTitle';
import { ActingForm, HandoverForm } from './ActingForm';
import { CalendarCard } from './CalendarCard';
import { ContactForm } from './ContactForm';
import { PostsCard } from './PostsCard';
import { SessionsTable } from './SessionsTable';
import { TokensTable } from './TokensTable';
import './account.css';

export function AccountPage() {
  const { t, language } = useSpeech();
  const { session } = useHere();
  usePageTitle(t('account.title'));
  const queries = useQueryClient();
  const account = useQuery({ queryKey: ['account'], queryFn: getAccount });
  const [changed, setChanged] = useState(false);
  const goOn = (session: Session) => {
    queries.setQueryData(['session'], session);
    void queries.invalidateQueries({ queryKey: ['sessions'] });
    void queries.invalidateQueries({ queryKey: ['account'] });
  };
  if (account.error) return <ErrorNotice error={account.error} />;
  if (!account.data) return <Loading rows={8} />;
  return (
    <div className="account">
      <h1>{t('account.title')}</h1>
      <section className="card" aria-label={t('account.posts')}>
        <h2>{t('account.posts')}</h2>
        <PostsCard />
      </section>
      {holds(session, 'security_admin') ? (
        <section className="card" aria-label={t('account.others')}>
          <h2>{t('account.others')}</h2>
          <h3>{t('account.actingGive')}</h3>
          <ActingForm />
          <h3>{t('account.handFor')}</h3>
          <HandoverForm />
        </section>
      ) : null}
      {account.data.identity ? (
        <section className="card" aria-label={t('account.identity')}>
          <h2>{t('account.identity')}</h2>
          <p>
            {t('account.identitySince', {
              at: longInstant(account.data.identity.since, language),
              issuer: account.data.identity.issuer,
              subject: account.data.identity.subject,
            })}
          </p>
          {account.data.password.held ? null : <p className="quiet">{t('account.identityNone')}</p>}
        </section>
      ) : null}
      {account.data.password.held ? (
        <section className="card" aria-label={t('account.password')}>
          <h2>{t('account.password')}</h2>
          <PasswordForm
            onDone={(session) => {
              goOn(session);
              setChanged(true);
            }}
          />
          {changed ? <p role="status">{t('account.passwordChanged')}</p> : null}
        </section>
      ) : null}
      <section className="card" aria-label={t('account.factor')}>
        <h2>{t('account.factor')}</h2>
        {account.data.second_factor ? (
          <FactorOn account={account.data} />
        ) : (
          <SecondFactorForm onDone={(told) => goOn(told.session)} />
        )}
      </section>
      <section className="card" id="contact" aria-label={t('account.contact')}>
        <h2>{t('account.contact')}</h2>
        <ContactForm />
      </section>
      <section className="card" aria-label={t('account.calendar')}>
        <h2>{t('account.calendar')}</h2>
        <CalendarCard />
      </section>
      <section className="card" aria-label={t('account.sessions')}>
        <h2>{t('account.sessions')}</h2>
        <SessionsTable />
      </section>
      <section className="card" aria-label={t('account.tokens')}>
        <h2>{t('account.tokens')}</h2>
        <TokensTable />
      </section>
      <section className="card" aria-label={t('account.data')}>
        <h2>{t('account.data')}</h2>
        <p>{t('account.dataNote')}</p>
        <p>
          <a href="/api/v1/account/data" download="account-data.json">
            {t('account.dataGet')}
          </a>
        </p>
        <p>
          <a href={`/privacy?lang=${language}`}>{t('account.dataRegister')}</a>
        </p>
      </section>
    </div>
  );
}

function FactorOn({ account }: { account: Account }) {
  const { t, language } = useSpeech();
  const queries = useQueryClient();
  const ending = useMutation({
    mutationFn: ({ password = '', code }: { password?: string; code: string }) =>
      endSecondFactor(password, code),
    onSuccess: (left) => queries.setQueryData(['account'], left),
  });
  return (
    <>
      <p>
        {t('account.factorSince', {
          at: longInstant(account.second_factor ?? '', language),
          count: String(account.recovery_codes),
        })}
      </p>
      {account.second_factor_due ? (
        <p className="quiet">{t('account.factorDue')}</p>
      ) : (
        <Form<{ password?: string; code: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={(fields) => ending.mutate(fields)}
        >
          <PasswordAgain held={account.password.held} />
          <CodeField recovery />
          <FormError error={ending.error} />
          <Button htmlType="submit" loading={ending.isPending}>
            {t('account.factorEnd')}
          </Button>
        </Form>
      )}
    </>
  );
}
