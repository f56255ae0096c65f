// Signing in: name and password, then whatever the account still has to do.
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { giveCode, signIn, signOut } from '../../api/session';
import type { Session } from '../../api/shapes';
import { useChangeOfPerson, useHere, works } from '../../ui/SessionContext';
import { useSpeech } from '../../ui/LanguageContext';
import { PasswordForm } from '../../ui/PasswordForm';
import { FormError } from '../../ui/FormError';
import { CodeField, SecondFactorForm } from '../../ui/SecondFactorForm';

interface Fields {
  name: string;
  password: string;
}

export function SignInPage() {
  const { t, language } = useSpeech();
  const { ledger, session } = useHere();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const changePerson = useChangeOfPerson();
  const goOn = (come: Session) => {
    changePerson(come);
    if (come.step === 'done')
      navigate(safeNext(search.get('next')) ?? (works(come) ? '/work' : '/'), { replace: true });
  };
  const entering = useMutation({
    mutationFn: ({ name, password }: Fields) => signIn(name, password),
    onSuccess: goOn,
  });
  if (session && session.step !== 'done')
    return <Unfinished session={session} onStep={goOn} onLeave={() => changePerson(null)} />;
  return (
    <div className="sign-in card">
      <h1>{t('shell.signIn')}</h1>
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(it) => entering.mutate(it)}>
        <Form.Item name="name" label={t('shell.signInWith')} rules={[{ required: true }]}>
          <Input autoComplete="username" size="large" />
        </Form.Item>
        <Form.Item name="password" label={t('shell.password')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        <FormError error={entering.error} />
        <Button type="primary" size="large" block htmlType="submit" loading={entering.isPending}>
          {t('shell.signIn')}
        </Button>
      </Form>
      {ledger.identity_provider ? (
        <>
          <p className="quiet">{t('shell.signInOr')}</p>
          <Button size="large" block href="/api/v1/session/identity-provider">
            {ledger.identity_provider[language]}
          </Button>
        </>
      ) : null}
      {ledger.demo ? <p className="quiet">{t('shell.signInHint')}</p> : null}
    </div>
  );
}

/** What stands between the password and the session. */
function Unfinished(props: {
  session: Session;
  onStep: (session: Session) => void;
  onLeave: () => void;
}) {
  const { t } = useSpeech();
  const giving = useMutation({ mutationFn: giveCode, onSuccess: props.onStep });
  const leaving = useMutation({ mutationFn: signOut, onSettled: props.onLeave });
  const { step } = props.session;
  return (
    <div className="sign-in card">
      {step === 'code' ? (
        <>
          <h1>{t('shell.signInCode')}</h1>
          <Form<{ code: string }>
            layout="vertical"
            requiredMark={false}
            onFinish={({ code }) => giving.mutate(code)}
          >
            <CodeField recovery />
            <FormError error={giving.error} />
            <Button type="primary" block htmlType="submit" loading={giving.isPending}>
              {t('shell.signIn')}
            </Button>
          </Form>
        </>
      ) : step === 'enrol' ? (
        <>
          <h1>{t('shell.signInEnrol')}</h1>
          <SecondFactorForm onDone={(told) => props.onStep(told.session)} />
        </>
      ) : (
        <>
          <h1>{t('shell.signInPassword')}</h1>
          <PasswordForm onDone={props.onStep} />
        </>
      )}
      <Button type="link" onClick={() => leaving.mutate()}>
        {t('shell.signInAnother')}
      </Button>
    </div>
  );
}

/** Only addresses of this ledger: a link from elsewhere must not lead on to elsewhere. */
function safeNext(next: string | null): string | null {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : null;
}
