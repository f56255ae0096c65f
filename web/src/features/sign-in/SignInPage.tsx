// Signing in by name and password.
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { signIn } from '../../api/session';
import { useChangeOfPerson, useHere, works } from '../../ui/SessionContext';
import { useSpeech } from '../../ui/LanguageContext';

interface Fields {
  name: string;
  password: string;
}

export function SignInPage() {
  const { t } = useSpeech();
  const { ledger } = useHere();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const changePerson = useChangeOfPerson();
  const entering = useMutation({
    mutationFn: ({ name, password }: Fields) => signIn(name, password),
    onSuccess: (session) => {
      changePerson(session);
      navigate(safeNext(search.get('next')) ?? (works(session) ? '/work' : '/'), { replace: true });
    },
  });
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
        {entering.error ? (
          <p role="alert" className="late">
            {entering.error.message || t('term.offline')}
          </p>
        ) : null}
        <Button type="primary" size="large" block htmlType="submit" loading={entering.isPending}>
          {t('shell.signIn')}
        </Button>
      </Form>
      {ledger.demo ? <p className="quiet">{t('shell.signInHint')}</p> : null}
    </div>
  );
}

/** Only addresses of this ledger: a link from elsewhere must not lead on to elsewhere. */
function safeNext(next: string | null): string | null {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : null;
}
